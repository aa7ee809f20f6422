import { Command, Option } from 'commander'
import { recordOutcome, staffOutcome } from '#shared/contract/aftercare/dispositions.ts'
import { exportConversions } from '#shared/contract/reporting/conversions.ts'
import { adPlatform, conversionEvent } from '#shared/domain/reporting/conversions.ts'
import { connect, type GlobalOptions } from '../connect.ts'
import { formatExamples } from '../format-examples.ts'
import { printResult } from '../print-result.ts'
import { yesOption } from '../require-confirmation.ts'
import { stop } from '../stop.ts'
import { type CsvExportOptions, writeCsvExport } from '../write-csv-export.ts'

const record = new Command('record')
  .description('Record for a school what became of one of its leads.')
  .argument('<deliveryId>')
  .addOption(new Option('--outcome <outcome>', 'what became of it').choices(staffOutcome.options).makeOptionMandatory())
  .option('--at <instant>', 'when it happened, such as 2026-11-23T15:00:00Z; default now')
  .option('--term <term>', 'the term that it is for')
  .addHelpText(...formatExamples('outcomes record dlv_4fJ0q2mXbW7cT1nZ8yKd5A --outcome enrolled --term "Fall 2027"'))
  .action(async (deliveryId: string, _: object, command: Command) => {
    const options: GlobalOptions & { outcome: string; at?: string; term?: string } = command.optsWithGlobals()
    const { outcome, at, term } = options
    const body = {
      disposition: staffOutcome.parse(outcome),
      ...(at !== undefined && { at }),
      ...(term !== undefined && { term }),
    }
    const response = await connect(options)(recordOutcome, { params: { deliveryId }, headers: {}, body })
    if (response.problem) stop(response.problem)
    printResult(options, response.body, `Recorded: ${response.body.disposition}.`)
  })

const events = conversionEvent.options.flatMap((one): readonly string[] => one.options)

const exportCsv = new Command('export')
  .description('Export the conversions of a source as CSV for Google Ads or Meta.')
  .requiredOption('--source <id>')
  .addOption(new Option('--platform <platform>').choices(adPlatform.options).makeOptionMandatory())
  .addOption(new Option('--event <event>', 'what counts as a conversion').choices(events).default('delivered'))
  .requiredOption('--since <day>', 'leads from this day on, such as 2026-11-02')
  .option('--out <file>', 'output file, readable only by you; default standard output')
  .option(...yesOption)
  .addHelpText(
    ...formatExamples('outcomes export --source my-site --platform google --event enrolled --since 2026-11-02'),
  )
  .action(async (_: object, command: Command) => {
    const options: CsvExportOptions & { source: string; platform: string; event: string; since: string } =
      command.optsWithGlobals()
    const call = connect(options)
    const query = {
      platform: adPlatform.parse(options.platform),
      event: conversionEvent.parse(options.event),
      since: options.since,
    }
    const params = { id: options.source }
    await writeCsvExport('conversions', options, (cursor) =>
      call(exportConversions, { params, query: { ...query, ...cursor } }),
    )
  })

export const outcomes = new Command('outcomes')
  .description('Record what became of leads, and export it for ad platforms.')
  .addCommand(record)
  .addCommand(exportCsv)
