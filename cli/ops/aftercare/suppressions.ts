import { Command, Option } from 'commander'
import {
  exportSuppressions,
  liftSuppression,
  listSuppressions,
  searchSuppressions,
} from '#shared/contract/aftercare/suppressions.ts'
import type { Suppression } from '#shared/domain/aftercare/suppression.ts'
import { connect, type GlobalOptions } from '../connect.ts'
import { createListCommand } from '../create-list-command.ts'
import { formatExamples } from '../format-examples.ts'
import { readValueOrStdin } from '../parse-options.ts'
import { printResult, printTable, type TableColumns } from '../print-result.ts'
import { yesOption } from '../require-confirmation.ts'
import { stop } from '../stop.ts'
import { type CsvExportOptions, writeCsvExport } from '../write-csv-export.ts'
import { createSuppressionImport } from './import-suppressions.ts'

type SearchOptions = GlobalOptions & { email?: string; phone?: string }
type ExportOptions = CsvExportOptions & { format: 'sha256' | 'plain'; purpose?: string }

const list = createListCommand(
  new Command('list')
    .description('List suppressions and withdrawals, latest first. They do not name the person.')
    .addHelpText(...formatExamples('suppressions list', 'suppressions list --all --json')),
  {
    rows: 'suppressions',
    fetchPage: async (call, query) => {
      const response = await call(listSuppressions, { query })
      if (response.status !== 200) return stop(response.problem)
      return { rows: response.body.suppressions, next: response.body.page.nextCursor }
    },
    toRow,
  },
)

const search = new Command('search')
  .description('Find every suppression that a person has or had. The value - is read from standard input.')
  .option('--email <address>')
  .option('--phone <number>')
  .addHelpText(...formatExamples('suppressions search --email -', 'suppressions search --phone 5125550123'))
  .action(async (_: object, command: Command) => {
    const options: SearchOptions = command.optsWithGlobals()
    const { email, phone } = options
    if (email === undefined && phone === undefined) stop({ title: 'Pass --email or --phone.', ends: 'usage' })
    const body = {
      ...(email !== undefined && { email: await readValueOrStdin(email) }),
      ...(phone !== undefined && { phone: await readValueOrStdin(phone) }),
    }
    const response = await connect(options)(searchSuppressions, { body })
    if (response.status !== 200) stop(response.problem)
    const { suppressions } = response.body
    if (options.json) console.log(JSON.stringify(response.body))
    else if (suppressions.length === 0) console.log('No suppressions.')
    else printTable(suppressions.map(toRow))
  })

const lift = new Command('lift')
  .description('Lift a suppression. Future leads from the person can go to schools again.')
  .argument('<suppressionId>')
  .requiredOption('--reason <text>', 'why; without personal data')
  .addHelpText(
    ...formatExamples("suppressions lift sup_4fJ0q2mXbW7cT1nZ8yKd5A --reason 'Someone else entered this number.'"),
  )
  .action(async (suppressionId: string, _: object, command: Command) => {
    const options: GlobalOptions & { reason: string } = command.optsWithGlobals()
    const body = { reason: options.reason }
    const response = await connect(options)(liftSuppression, { params: { suppressionId }, body })
    if (response.status !== 200) stop(response.problem)
    printResult(options, response.body, `${suppressionId} was lifted.`)
  })

const exportCommand = new Command('export')
  .description('Export the suppressions in effect as CSV.')
  .addOption(
    new Option('--format <format>', 'plain needs --purpose and is recorded')
      .choices(['sha256', 'plain'])
      .default('sha256'),
  )
  .option('--purpose <text>', 'why you need the plain text')
  .option('--out <file>', 'output file, readable only by you; default standard output')
  .option(...yesOption)
  .addHelpText(
    ...formatExamples(
      'suppressions export --out suppressions.csv',
      "suppressions export --format plain --purpose 'Check of the dialer' --out plain.csv",
    ),
  )
  .action(async (_: object, command: Command) => {
    const options: ExportOptions = command.optsWithGlobals()
    const { format, purpose } = options
    if (format === 'plain' && !purpose)
      stop({ title: 'Pass --purpose: what you need the plain text for.', ends: 'usage' })
    const call = connect(options)
    await writeCsvExport('suppressions', options, (cursor) =>
      call(exportSuppressions, { body: { format, ...(purpose !== undefined && { purpose }), ...cursor } }),
    )
  })

export const suppressions = new Command('suppressions')
  .description('List, search, lift, import and export the people whom schools may not contact.')
  .addCommand(list)
  .addCommand(search)
  .addCommand(lift)
  .addCommand(createSuppressionImport('import', 'suppressions import'))
  .addCommand(exportCommand)

function toRow({
  suppressionId,
  at,
  state,
  basis,
  scope,
  identifiers,
  channel,
  reason,
}: Suppression): readonly [id: string, columns: TableColumns] {
  const target = scope.kind === 'school' ? scope.schoolId : scope.kind === 'source' ? `source ${scope.sourceId}` : 'all'
  return [
    suppressionId,
    { at, state, basis, schools: target, by: identifiers.join(', '), channel, reason: reason ?? '' },
  ]
}
