import { Command } from 'commander'
import { backup as copy, restore as putBack } from '#local/data/backup.ts'
import { readSecretsKey } from '#local/data/secrets-file.ts'
import { StartupError } from '#local/startup-error.ts'
import type { GlobalOptions } from './connect.ts'
import { formatExamples } from './format-examples.ts'
import { stop } from './stop.ts'

export const backup = new Command('backup')
  .description(
    'Back up the data of a host on this machine, also while it runs. The backup contains personal data and secrets.',
  )
  .requiredOption('--data-dir <folder>', 'the DATA_DIR of the host (or DATA_DIR)', process.env.DATA_DIR)
  .requiredOption('--to <folder>', 'a folder that does not exist yet')
  .addHelpText(...formatExamples('backup --data-dir /var/lib/prospectus --to /backups/2026-11-23'))
  .action(({ dataDir, to }: { dataDir: string; to: string }, command: Command) => {
    runAndPrint('Copied', () => copy({ dataDir, to }), command)
  })

export const restore = new Command('restore')
  .description('Restore a backup to a new folder, on which a host can start.')
  .requiredOption('--from <folder>', 'the folder of the backup')
  .requiredOption('--data-dir <folder>', 'a folder that does not exist yet (or DATA_DIR)', process.env.DATA_DIR)
  .addHelpText(...formatExamples('restore --from /backups/2026-11-23 --data-dir /var/lib/prospectus'))
  .action(({ from, dataDir }: { from: string; dataDir: string }, command: Command) => {
    runAndPrint(
      'Restored',
      () => putBack({ from, dataDir, secretsKey: readSecretsKey(process.env.SECRETS_KEY_FILE, dataDir) }),
      command,
    )
  })

function runAndPrint(verb: string, work: () => { folder: string; rows: number }, command: Command): void {
  try {
    const { folder, rows } = work()
    const { json }: GlobalOptions = command.optsWithGlobals()
    console.log(json ? JSON.stringify({ folder, rows }) : `${verb} ${rows} rows to ${folder}.`)
  } catch (error) {
    if (error instanceof StartupError) stop({ title: error.message })
    throw error
  }
}
