import { Command } from 'commander'
import { backup as copy } from '#local/data/backup.ts'
import { addToSeries, recordBackup } from '#local/data/backup-series.ts'
import { findBackupPlaceFault } from '#local/data/folder-access.ts'
import { readKeyFile } from '#local/data/key-file.ts'
import { StartupError } from '#local/startup-error.ts'
import type { GlobalOptions } from '../connect.ts'
import { formatExamples } from '../format-examples.ts'
import { stop } from '../stop.ts'

type BackupCommandOptions = { dataDir: string; to?: string; into?: string; keep: string }

export const backup = new Command('backup')
  .description(
    'Back up the data of a host on this machine, even while it is running. With BACKUP_KEY_FILE set, the backup is encrypted; without it, it contains personal data and secrets in plain text.',
  )
  .requiredOption('--data-dir <folder>', 'the DATA_DIR of the host (or DATA_DIR)', process.env.DATA_DIR)
  .option('--to <folder>', 'a folder that does not exist yet')
  .option('--into <folder>', 'instead of --to: a folder of backups; each is named for its time')
  .option('--keep <number>', 'with --into: how many backups to keep', '7')
  .addHelpText(
    ...formatExamples(
      'backup --data-dir /var/lib/prospectus --to /backups/2026-11-23',
      'backup --data-dir /var/lib/prospectus --into /backups --keep 14',
    ),
  )
  .action(({ dataDir, to, into, keep }: BackupCommandOptions, command: Command) => {
    if (!/^[1-9]\d{0,3}$/.test(keep)) stop({ title: `--keep must be a positive integer, not ${keep}.`, ends: 'usage' })
    const placeFault = findBackupPlaceFault(dataDir, to ?? into ?? '/')
    if (placeFault !== undefined) stop({ title: placeFault, ends: 'usage' })
    if (to !== undefined && into === undefined)
      runAndPrint(
        'Copied',
        () => recordBackup(dataDir, copy({ dataDir, to, backupKey: readBackupKey(dataDir) })),
        command,
      )
    else if (into !== undefined && to === undefined)
      runAndPrint(
        'Copied',
        () => addToSeries({ dataDir, into, keep: Number(keep), backupKey: readBackupKey(dataDir), now: new Date() }),
        command,
      )
    else stop({ title: 'Pass either --to or --into.', ends: 'usage' })
  })

export function readBackupKey(dataDir: string): string | undefined {
  return readKeyFile({ variable: 'BACKUP_KEY_FILE', file: process.env.BACKUP_KEY_FILE, dataDir })
}

export function runAndPrint(verb: string, work: () => { folder: string; rows: number }, command: Command): void {
  try {
    const { folder, rows } = work()
    const { json }: GlobalOptions = command.optsWithGlobals()
    console.log(json ? JSON.stringify({ folder, rows }) : `${verb} ${rows} rows to ${folder}.`)
  } catch (error) {
    if (error instanceof StartupError) stop({ title: error.message })
    throw error
  }
}
