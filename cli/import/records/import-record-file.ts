import { Command } from 'commander'
import { stringify } from 'csv-stringify/sync'
import { connect } from '../../ops/connect.ts'
import { formatExamples } from '../../ops/format-examples.ts'
import { printResult } from '../../ops/print-result.ts'
import { createCharsetOption, readTextFile } from '../../ops/read-text-file.ts'
import { requireConfirmation, yesOption } from '../../ops/require-confirmation.ts'
import { startProgressBar } from '../../ops/start-progress-bar.ts'
import { exitCodes, stop } from '../../ops/stop.ts'
import { dryRunOption, type WriteOptions } from '../careers/write-careers.ts'
import { startJournal } from './import-journal.ts'
import { parseCsv } from './parse-csv.ts'
import { type CsvRowFault, findColumn, parseRecordRows, type RecordPlan } from './parse-record-rows.ts'
import { readRecords } from './read-records.ts'
import { type CsvRecordKind, formatTemplate, recordColumns } from './record-columns.ts'
import { composePages, type ImportRow, type RowResult, sendRows, toJson } from './send-rows.ts'
import { formatFault, stopAtFaults } from './stop-at-faults.ts'

type ImportFileOptions = WriteOptions & { template?: true; charset?: string }

/** The command that creates and changes records of a kind from a CSV file. */
export function createRecordFileCommand(kind: CsvRecordKind): Command {
  const columns = recordColumns[kind].map(
    ({ name, help, isRequired }) => `  ${name}${isRequired ? ' (required)' : ''}: ${help}`,
  )
  return new Command(kind)
    .description(
      `Create and change ${kind} from a CSV file: the whole file is judged first, then written, then it can be undone.`,
    )
    .argument('[file]', 'CSV with a header row; columns that it lacks stay as they are')
    .option('--template', 'print a file with all columns and an example')
    .addOption(createCharsetOption())
    .option(...dryRunOption)
    .option(...yesOption)
    .addHelpText('after', `\nColumns:\n${columns.join('\n')}`)
    .addHelpText(
      ...formatExamples(
        `import ${kind} --template > ${kind}.csv`,
        `import ${kind} ${kind}.csv --dry-run`,
        `import ${kind} ${kind}.csv --yes`,
      ),
    )
    .action(async (file: string | undefined, _: object, command: Command) => {
      const options: ImportFileOptions = command.optsWithGlobals()
      if (options.template) return console.log(stringify(formatTemplate(kind)).trimEnd())
      if (file === undefined) return stop({ title: 'Pass a file, or --template for an empty one.', ends: 'usage' })
      await importRecordFile(kind, file, options)
    })
}

async function importRecordFile(kind: CsvRecordKind, file: string, options: ImportFileOptions): Promise<void> {
  const table = parseCsv(file, await readTextFile(file, { charset: options.charset, isCsv: true }))
  const call = connect(options)
  const stored = await readRecords(call, kind)
  const { plans, faults } = parseRecordRows(kind, table, stored)
  if (faults.length > 0) stopAtFaults(file, faults, table.rows.length)
  const changes = plans.filter(({ changedColumns, version }) => version === 0 || changedColumns.length > 0)
  const rows = changes.map(({ id, version, body }): ImportRow => ({ id, version, body: toJson(body) }))
  const judged = await withProgress('rows judged', rows.length, (onResults) =>
    sendRows(call, kind, rows, { dryRun: true, onResults }),
  )
  const refusals = judged.flatMap((result) => toFaults(kind, result, changes))
  if (refusals.length > 0) stopAtFaults(file, refusals, table.rows.length)
  const summary = formatSummary(kind, changes, plans.length)
  if (options.dryRun || changes.length === 0)
    return printResult(
      options,
      { rows: changes.map(toChange), written: 0 },
      [...changes.map(formatChange), summary].join('\n'),
    )
  if (!options.yes) console.error([...changes.map(formatChange), summary].join('\n'))
  await requireConfirmation(`Write ${changes.length} ${kind}?`, options)
  const journal = startJournal(kind, new Date(), (id) => stored.get(id)?.body)
  const results = await withProgress(kind, rows.length, (onResults) =>
    sendRows(call, kind, rows, {
      onResults: (done) => {
        journal.record(done)
        onResults(done)
      },
    }),
  )
  const pendingPages = await composePages(call)
  const writeFaults = results.flatMap((result) => toFaults(kind, result, changes))
  const hasJournal = journal.close()
  const lines = [
    ...writeFaults.map(formatFault),
    ...results.flatMap(formatCredentials),
    `${summary} Written: ${results.length - writeFaults.length}.`,
    ...(hasJournal ? [`To undo it: npm run ops -- import undo ${journal.file}`] : []),
  ]
  printResult(options, { results, pendingPages, ...(hasJournal && { journal: journal.file }) }, lines.join('\n'))
  if (writeFaults.length > 0) process.exitCode = exitCodes.refused.code
}

async function withProgress<Result>(
  label: string,
  total: number,
  run: (onResults: (results: readonly RowResult[]) => void) => Promise<Result>,
): Promise<Result> {
  const bar = startProgressBar(label, total)
  let count = 0
  return await run((results) => {
    count += results.length
    bar.update(count)
  }).finally(bar.end)
}

function toFaults(kind: CsvRecordKind, { id, problem }: RowResult, plans: readonly RecordPlan[]): CsvRowFault[] {
  if (!problem) return []
  const row = plans.find((plan) => plan.id === id)?.row ?? 0
  if (problem.errors.length === 0) return [{ row, column: 'id', detail: problem.detail }]
  return problem.errors.map(({ pointer, detail }) => ({ row, column: findColumn(kind, pointer), detail }))
}

function toChange({ row, id, version, changedColumns }: RecordPlan) {
  return { row, id, change: version === 0 ? 'created' : 'changed', columns: changedColumns }
}

function formatChange({ id, version, changedColumns }: RecordPlan): string {
  return version === 0 ? `+ ${id}` : `~ ${id}: ${changedColumns.join(', ')}`
}

function formatSummary(kind: string, changes: readonly RecordPlan[], rowCount: number): string {
  const created = changes.filter(({ version }) => version === 0).length
  return `${rowCount} rows of ${kind}: ${created} new, ${changes.length - created} changed, ${rowCount - changes.length} unchanged.`
}

/** A secret and a key are shown only once. */
function formatCredentials({ id, secret, key }: RowResult): string[] {
  return [
    ...(secret === undefined ? [] : [`${id}: ${secret} signs its webhooks. Copy it now; it is not shown again.`]),
    ...(key === undefined ? [] : [`${id}: its publishable key is ${key}.`]),
  ]
}
