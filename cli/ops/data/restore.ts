import { Command, Option } from 'commander'
import { revertibleKinds } from '#cli/restore/row-kinds.ts'
import { restore as restoreFolder } from '#local/data/backup.ts'
import { readSecretsKey } from '#local/data/secrets-file.ts'
import { formatExamples } from '../format-examples.ts'
import { yesOption } from '../require-confirmation.ts'
import { stop } from '../stop.ts'
import { readBackupKey, runAndPrint } from './backup.ts'
import { restoreDeployedStage, type StageRestoreOptions } from './restore-deployed-stage.ts'
import { settleAndPrint } from './settle.ts'

type RestoreOptions = { from?: string; dataDir?: string; replaces?: string } & Partial<StageRestoreOptions>

const help = `
On one machine the new folder is held: a host on it saves and sends nothing until it is settled with what happened since. With
--replaces that is taken from the folder that it replaces, at once; without, run "settle". docs/one-machine.md has every step.

On AWS, deploy the stage with "maintenance": "on" first: writes are answered 503 and nothing is delivered. The command restores each
table to a new one, protects it, compares it row by row with the one in use, and copies what must not be undone: erasures, withdrawals,
leads, deliveries, revoked keys. Then it writes the new names into the stage file; the next deploy uses them. Interrupted, it continues
if you run it again with the same --at. docs/operations.md has every step.`

export const restore = new Command('restore')
  .description('Restore a backup to a new folder, or the tables of a deployed stage as of a point in time.')
  .option('--from <folder>', 'one machine: the folder of the backup')
  .option('--data-dir <folder>', 'one machine: a folder that does not exist yet (or DATA_DIR)', process.env.DATA_DIR)
  .option('--replaces <folder>', 'one machine: the folder that it replaces, on which no host runs any more')
  .option('--stage <name>', 'AWS: the stage, as in stages/<name>.json')
  .option('--at <instant>', 'AWS: the last second before the accident, such as 2026-11-28T14:05:00Z')
  .addOption(new Option('--table <name...>', 'AWS: only this table').choices(['catalog', 'leads']))
  .addOption(
    new Option('--revert <kind...>', 'kinds of rows that the accident overwrote: take them as restored').choices(
      revertibleKinds,
    ),
  )
  .option('--accept-missing', 'go on although older rows are missing, and copy them from the tables in use')
  .option('--dry-run', 'AWS: check everything and say what would be done')
  .option(...yesOption)
  .addHelpText('after', help)
  .addHelpText(
    ...formatExamples(
      'restore --from /backups/2026-11-23 --data-dir /var/lib/prospectus',
      'restore --from /backups/2026-11-23 --data-dir /var/lib/prospectus-restored --replaces /var/lib/prospectus',
      'restore --stage prod --at 2026-11-28T14:05:00Z --dry-run',
      'restore --stage prod --at 2026-11-28T14:05:00Z --table leads',
    ),
  )
  .action(async (_: object, command: Command) => {
    const { from, dataDir, replaces, stage, at, ...options }: RestoreOptions = command.optsWithGlobals()
    if (stage !== undefined && from === undefined) {
      if (at === undefined) stop({ title: 'Pass --at: the last second before the accident.', ends: 'usage' })
      return restoreDeployedStage({ stage, at, ...options })
    }
    if (from === undefined || dataDir === undefined || stage !== undefined)
      stop({
        title: 'Pass --from and --data-dir for a folder, or --stage and --at for a deployed stage.',
        ends: 'usage',
      })
    runAndPrint(
      'Restored',
      () => {
        const secretsKey = readSecretsKey(process.env.SECRETS_KEY_FILE, dataDir)
        return restoreFolder({ from, dataDir, secretsKey, backupKey: readBackupKey(dataDir) })
      },
      command,
    )
    if (replaces !== undefined) return settleAndPrint({ ...options, dataDir, replaces })
    console.error(
      `${dataDir} is held: a host on it saves and sends nothing. Now: npm run ops -- settle --data-dir ${dataDir}`,
    )
  })
