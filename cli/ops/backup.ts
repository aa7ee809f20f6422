import { Command } from 'commander'
import { CannotStart } from '#local/cannot-start.ts'
import { backup as copy, restore as putBack } from '#local/data/backup.ts'
import type { Settings } from './connect.ts'
import { examples } from './examples.ts'
import { stop } from './stop.ts'

export const backup = new Command('backup')
  .description('Copy the data of a host on this machine, also while it runs. The copy holds people and secrets.')
  .requiredOption('--data-dir <folder>', 'the DATA_DIR of the host (or DATA_DIR)', process.env.DATA_DIR)
  .requiredOption('--to <folder>', 'a folder that does not exist yet')
  .addHelpText(...examples('backup --data-dir /var/lib/prospectus --to /backups/2026-11-23'))
  .action(({ dataDir, to }: { dataDir: string; to: string }, command: Command) => {
    tell('Copied', () => copy({ dataDir, to }), command)
  })

export const restore = new Command('restore')
  .description('Put a backup where a host can be started on it.')
  .requiredOption('--from <folder>', 'what backup has made')
  .requiredOption('--data-dir <folder>', 'a folder that does not exist yet (or DATA_DIR)', process.env.DATA_DIR)
  .addHelpText(...examples('restore --from /backups/2026-11-23 --data-dir /var/lib/prospectus'))
  .action(({ from, dataDir }: { from: string; dataDir: string }, command: Command) => {
    tell('Restored', () => putBack({ from, dataDir }), command)
  })

function tell(done: string, work: () => { folder: string; rows: number }, command: Command): void {
  try {
    const { folder, rows } = work()
    const { json }: Settings = command.optsWithGlobals()
    console.log(json ? JSON.stringify({ folder, rows }) : `${done} ${rows} rows to ${folder}.`)
  } catch (error) {
    if (error instanceof CannotStart) stop({ title: error.message })
    throw error
  }
}
