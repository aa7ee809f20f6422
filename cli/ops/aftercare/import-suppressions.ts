import { Command, Option } from 'commander'
import { importSuppressions } from '#shared/contract/aftercare/suppressions.ts'
import { contactList } from '#shared/domain/aftercare/suppression.ts'
import {
  listSuppressionColumns,
  parseSuppressionCsv,
  planSuppressionImport,
  type SuppressionCsv,
  suppressionColumns,
} from '#shared/domain/aftercare/suppression-csv.ts'
import { connect, type GlobalOptions } from '../connect.ts'
import { formatExamples } from '../format-examples.ts'
import { printResult } from '../print-result.ts'
import { createCharsetOption, readTextFile } from '../read-text-file.ts'
import { type ConfirmOptions, requireConfirmation, yesOption } from '../require-confirmation.ts'
import { startProgressBar } from '../start-progress-bar.ts'
import { stop } from '../stop.ts'

type ImportOptions = GlobalOptions &
  ConfirmOptions & {
    reason?: string
    template?: true
    dryRun?: true
    basis: 'withdrawal' | 'do-not-contact'
    list?: 'do-not-call' | 'litigator'
    school?: string
    fromRow: string
    charset?: string
  }

/** Sends a file in parts. A part that is sent twice has the effect of one, so an interrupted import can be run again. */
/** @param path the whole command, for its examples */
export const createSuppressionImport = (name: string, path: string) =>
  new Command(name)
    .description(
      'Suppress the people in a CSV file with the columns email, phone, email_sha256 or phone_sha256. Asks for confirmation.',
    )
    .argument('[file]')
    .option('--reason <text>', 'where the list comes from; required unless --template')
    .option('--template', 'print an empty file with all columns')
    .option('--dry-run', 'judge the rows and write nothing')
    .addOption(
      new Option('--basis <basis>', 'a withdrawal ends with later consent, do-not-contact when staff lift it')
        .choices(['withdrawal', 'do-not-contact'])
        .default('do-not-contact'),
    )
    .addOption(
      new Option('--list <list>', 'the kind of list; schools are not told that its people withdrew consent').choices([
        ...contactList.options,
      ]),
    )
    .option('--school <schoolId>', 'only for this school')
    .option('--from-row <row>', 'continue an interrupted import; the row below the column names is 1', '1')
    .addOption(createCharsetOption())
    .option(...yesOption)
    .addHelpText(
      ...formatExamples(
        `${path} list.csv --reason 'Do-not-call list of November'`,
        `${path} list.csv --reason 'Do-not-call list of November' --from-row 1501`,
        `${path} litigators.csv --reason 'List of November' --list litigator`,
      ),
    )
    .action(async (file: string | undefined, _: object, command: Command) => {
      const options: ImportOptions = command.optsWithGlobals()
      const { reason, basis, list, school } = options
      if (options.template) return console.log(suppressionColumns.join(','))
      if (file === undefined || reason === undefined)
        return stop({ title: 'Pass a file and --reason, or --template for an empty file.', ends: 'usage' })
      const firstRow = Number(options.fromRow)
      if (!Number.isInteger(firstRow) || firstRow < 1)
        stop({ title: `--from-row must be a positive integer, not ${options.fromRow}.`, ends: 'usage' })
      const plan = planSuppressionImport(await readSuppressionCsv(file, options), firstRow)
      const total = plan.parts.reduce((sum, { rows }) => sum + rows.length, 0)
      if (options.dryRun) {
        const lines = [
          ...plan.faults.map(({ row, detail }) => `row ${row}: ${detail}`),
          `People to suppress: ${total}. Rows to skip: ${plan.faults.length}. Nothing was written.`,
        ]
        return printResult(options, { people: total, errors: plan.faults }, lines.join('\n'))
      }
      const call = connect(options)
      await requireConfirmation(
        `People to suppress: ${total}. Rows to skip: ${plan.faults.length}. Import the file?`,
        options,
      )
      const scope =
        school === undefined ? ({ kind: 'all-schools' } as const) : ({ kind: 'school', schoolId: school } as const)
      const bar = startProgressBar('people', total)
      let suppressed = 0
      const errors: { row: number; code: string; detail: string }[] = [...plan.faults]
      for (const { csv, rows } of plan.parts) {
        const response = await call(importSuppressions, { body: { csv, scope, basis, reason, ...(list && { list }) } })
        if (response.status !== 200) {
          bar.end()
          console.error(
            `People suppressed so far: ${suppressed}. To continue, run it again with --from-row ${rows[0] ?? 1}.`,
          )
          return stop(response.problem)
        }
        suppressed += response.body.suppressed
        errors.push(...response.body.errors.map((error) => ({ ...error, row: rows[error.row - 1] ?? error.row })))
        bar.update(suppressed)
      }
      bar.end()
      const lines = [
        ...errors.map(({ row, detail }) => `row ${row}: ${detail}`),
        `People suppressed: ${suppressed}. Rows skipped: ${errors.length}.`,
      ]
      printResult(options, { suppressed, errors }, lines.join('\n'))
    })

async function readSuppressionCsv(file: string, { charset }: ImportOptions): Promise<SuppressionCsv> {
  const csv = parseSuppressionCsv(await readTextFile(file, { charset, isCsv: true }))
  if (listSuppressionColumns(csv).length === 0)
    stop({ title: `${file} must have a header row with one of: ${suppressionColumns.join(', ')}.`, ends: 'usage' })
  return csv
}
