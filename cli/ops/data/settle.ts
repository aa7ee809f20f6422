import { existsSync } from 'node:fs'
import { Command, Option } from 'commander'
import { RestoreFault } from '#cli/restore/restore-stage.ts'
import { revertibleKinds } from '#cli/restore/row-kinds.ts'
import { formatWaiting, type SettleRequest, type SettleResult, settleFolder } from '#cli/restore/settle-folder.ts'
import { parsePeople, type SettledPerson } from '#cli/restore/settle-people.ts'
import { readSecretsKey } from '#local/data/secrets-file.ts'
import { StartupError } from '#local/startup-error.ts'
import type { GlobalOptions } from '../connect.ts'
import { formatExamples } from '../format-examples.ts'
import { printResult } from '../print-result.ts'
import { readTextFile } from '../read-text-file.ts'
import { type ConfirmOptions, requireConfirmation, yesOption } from '../require-confirmation.ts'
import { stop } from '../stop.ts'

export type SettleOptions = {
  dataDir?: string
  replaces?: string
  revert?: string[]
  acceptMissing?: true
  erased?: string
  withdrawn?: string
  resend?: boolean
} & ConfirmOptions &
  GlobalOptions

const help = `
A restored folder is held: a host on it reads, and neither saves nor sends, because the backup has forgotten who was erased, who withdrew
and what was sent since. Name the folder that it replaces, and all of that is taken from there. If that disk is lost, say it: two CSV files
with a column "email" or "phone" (or "none"), and what becomes of the leads that waited. The host may run meanwhile, and goes on by
itself. Interrupted, run it again. docs/one-machine.md has every step.`

export const settle = new Command('settle')
  .description('Settle a restored folder with what happened since the backup, and release it.')
  .option('--data-dir <folder>', 'the restored folder (or DATA_DIR)', process.env.DATA_DIR)
  .option('--replaces <folder>', 'the folder that it replaces, on which no host runs any more')
  .addOption(
    new Option('--revert <kind...>', 'with --replaces: kinds of rows to take as of the backup').choices(
      revertibleKinds,
    ),
  )
  .option('--accept-missing', 'with --replaces: go on although the backup lacks older rows, and copy them')
  .option('--erased <file>', 'a CSV of people who were erased since, or none')
  .option('--withdrawn <file>', 'a CSV of people who withdrew consent since, or none')
  .option('--resend', 'send what waited in the backup: schools that had it get it again')
  .option('--do-not-resend', 'send nothing of what waited in the backup')
  .option(...yesOption)
  .addHelpText('after', help)
  .addHelpText(
    ...formatExamples(
      'settle --data-dir /var/lib/prospectus-restored --replaces /var/lib/prospectus',
      'settle --data-dir /var/lib/prospectus-restored --erased erased.csv --withdrawn none --resend',
    ),
  )
  .action(async (_: object, command: Command) => {
    const options: SettleOptions & { doNotResend?: true } = command.optsWithGlobals()
    const { dataDir } = options
    if (dataDir === undefined) stop({ title: 'Pass --data-dir: the restored folder.', ends: 'usage' })
    await settleAndPrint({ ...options, dataDir })
  })

/** Settles a folder as the options say, and prints what was done. Ends the process if it stays held. */
export async function settleAndPrint(options: SettleOptions & { dataDir: string; doNotResend?: true }): Promise<void> {
  const report = options.json ? () => {} : (line: string) => console.error(line)
  try {
    const request = await toRequest(options)
    const result = await settleFolder(request, {
      now: () => new Date(),
      report,
      confirm: ({ deliveries }) =>
        requireConfirmation(
          `Release ${options.dataDir}? ${deliveries.length} deliveries of the backup wait${request.waiting === 'do-not-resend' ? ' and are ended' : ''}.`,
          options,
        ),
    })
    const released = result ? formatResult(result) : `${options.dataDir} is not held. Nothing was changed.`
    printResult(options, { released: result !== undefined, ...(result && { asOf: result.hold.asOf }) }, released)
  } catch (error) {
    if (error instanceof RestoreFault || error instanceof StartupError) stop({ title: error.message })
    stop({
      title: `Interrupted: ${options.dataDir} is still held. Run the same command again. ${error instanceof Error ? error.message : error}`,
    })
  }
}

async function toRequest(options: SettleOptions & { dataDir: string; doNotResend?: true }): Promise<SettleRequest> {
  const { dataDir, replaces, revert, acceptMissing, erased, withdrawn, resend, doNotResend } = options
  if (resend && doNotResend) stop({ title: 'Pass either --resend or --do-not-resend.', ends: 'usage' })
  if (replaces !== undefined && (erased ?? withdrawn) !== undefined)
    stop({ title: '--replaces says who was erased and withdrew: leave out --erased and --withdrawn.', ends: 'usage' })
  const people = { erased: await readPeople(erased), withdrawn: await readPeople(withdrawn) }
  const unfound = people.erased?.findIndex(({ plain }) => !plain.email && !plain.phone) ?? -1
  if (unfound >= 0)
    throw new RestoreFault(`Row ${unfound + 1} of ${erased} has only a hash: an erasure needs the email or the phone.`)
  return {
    dataDir,
    secretsKey: readSecretsKey(process.env.SECRETS_KEY_FILE, dataDir),
    replaces,
    ...(revert && { revert }),
    acceptsMissing: acceptMissing === true,
    ...people,
    waiting: doNotResend ? 'do-not-resend' : resend ? 'resend' : undefined,
  }
}

async function readPeople(file: string | undefined): Promise<SettledPerson[] | undefined> {
  if (file === undefined) return undefined
  if (file === 'none' && !existsSync(file)) return []
  return parsePeople(await readTextFile(file, { isCsv: true }), file)
}

function formatResult({ hold, waiting, comparisons: { leads } }: SettleResult): string {
  const lines = leads
    ? ['erasure', 'withdrawal', 'suppression', 'delivery', 'lead'].map(
        (kind) =>
          `  ${kind}: ${leads.kinds[kind]?.copied ?? 0} of the time since kept, ${leads.kinds[kind]?.recovered ?? 0} recovered`,
      )
    : formatWaiting(waiting)
  return [`Settled since ${hold.asOf} and released: a host on it saves and sends again.`, ...lines].join('\n')
}
