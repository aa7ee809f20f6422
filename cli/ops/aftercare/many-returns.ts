import { Command, Option } from 'commander'
import { decideReturns, exportReturns, grantCredit } from '#shared/contract/aftercare/returns.ts'
import { returnReason, returnState } from '#shared/domain/aftercare/lead-return.ts'
import { connect, type GlobalOptions } from '../connect.ts'
import { formatExamples } from '../format-examples.ts'
import { formatDollars, printResult } from '../print-result.ts'
import { type ConfirmOptions, requireConfirmation, yesOption } from '../require-confirmation.ts'
import { stop } from '../stop.ts'
import { type CsvExportOptions, writeCsvExport } from '../write-csv-export.ts'

const sampleIds = 'dlv_4fJ0q2mXbW7cT1nZ8yKd5A dlv_9xK2mW7cT1nZ8yKd5A4fJ0'

export const decide = new Command('decide')
  .description(
    'Accept or refuse the returns of several deliveries with one answer. One that is refused stops no other.',
  )
  .argument('<deliveryIds...>')
  .addOption(new Option('--decision <decision>', 'what to decide').choices(['accept', 'refuse']).makeOptionMandatory())
  .option('--answer <text>', 'note to the schools; required to refuse')
  .option(...yesOption)
  .addHelpText(...formatExamples(`returns decide ${sampleIds} --decision accept --yes`))
  .action(async (deliveryIds: string[], _: object, command: Command) => {
    const options: GlobalOptions & ConfirmOptions & { decision: 'accept' | 'refuse'; answer?: string } =
      command.optsWithGlobals()
    const { decision, answer } = options
    if (decision === 'refuse' && answer === undefined)
      stop({ title: 'Pass --answer: the reason, which the schools see.', ends: 'usage' })
    const call = connect(options)
    const verb = decision === 'accept' ? 'Accept' : 'Refuse'
    await requireConfirmation(`${verb} ${deliveryIds.length} returns? This cannot be undone.`, options)
    const body = { decision, deliveryIds, ...(answer !== undefined && { answer }) }
    const response = await call(decideReturns, { body })
    if (response.status !== 200) stop(response.problem)
    const lines = response.body.results.map(({ deliveryId, result, code, detail }) =>
      result === 'decided' ? `${deliveryId}: decided` : `${deliveryId}: ${code} ${detail}`,
    )
    printResult(options, response.body, lines.join('\n'))
  })

export const grant = new Command('grant')
  .description('Give a school credit for a lead that it did not ask to return.')
  .argument('<deliveryId>')
  .addOption(new Option('--reason <reason>', 'why').choices(returnReason.options).makeOptionMandatory())
  .option('--answer <text>', 'note to the school')
  .option('--evidence <url>', 'web address of what was found')
  .option(...yesOption)
  .addHelpText(...formatExamples('returns grant dlv_4fJ0q2mXbW7cT1nZ8yKd5A --reason duplicate --yes'))
  .action(async (deliveryId: string, _: object, command: Command) => {
    const options: GlobalOptions & ConfirmOptions & { reason: string; answer?: string; evidence?: string } =
      command.optsWithGlobals()
    const { reason, answer, evidence } = options
    const call = connect(options)
    await requireConfirmation(`Give credit for ${deliveryId}? This cannot be undone.`, options)
    const body = {
      reason: returnReason.parse(reason),
      ...(answer !== undefined && { answer }),
      ...(evidence !== undefined && { evidenceUrl: evidence }),
    }
    const response = await call(grantCredit, { params: { deliveryId }, body })
    if (response.problem) stop(response.problem)
    const { schoolId, creditCents } = response.body
    printResult(options, response.body, `${schoolId} is credited ${formatDollars(creditCents)}.`)
  })

export const exportCsv = new Command('export')
  .description('Export the returns in one state as CSV.')
  .addOption(new Option('--state <state>', 'state of the returns').choices(returnState.options).default('requested'))
  .option('--out <file>', 'output file, readable only by you; default standard output')
  .option(...yesOption)
  .addHelpText(...formatExamples('returns export --state accepted --out returns.csv'))
  .action(async (_: object, command: Command) => {
    const options: CsvExportOptions & { state: string } = command.optsWithGlobals()
    const call = connect(options)
    const state = returnState.parse(options.state)
    await writeCsvExport('returns', options, (cursor) => call(exportReturns, { query: { state, ...cursor } }))
  })
