import type { ApiClient } from '../../ops/connect.ts'
import { printResult } from '../../ops/print-result.ts'
import { requireConfirmation } from '../../ops/require-confirmation.ts'
import { startProgressBar } from '../../ops/start-progress-bar.ts'
import { exitCodes } from '../../ops/stop.ts'
import type { WriteOptions } from '../careers/write-careers.ts'
import { startJournal } from './import-journal.ts'
import { type CsvRowFault, findColumn, type RecordPlan } from './parse-record-rows.ts'
import type { CsvRecordKind } from './record-columns.ts'
import { composePages, type ImportRow, type RowResult, sendRows, toJson } from './send-rows.ts'
import { formatFault, stopAtFaults } from './stop-at-faults.ts'

type PlannedImport = {
  kind: CsvRecordKind
  /** Named in faults. */
  file: string
  plans: readonly RecordPlan[]
  /** Of the file. */
  rowCount: number
}

/** Has the service judge the planned records, shows what changes, asks, and writes them with a journal from which they can be undone. */
export async function writeRecordPlans(
  call: ApiClient,
  { kind, file, plans, rowCount }: PlannedImport,
  options: WriteOptions,
): Promise<void> {
  const beforeById = new Map(plans.map(({ id, before }) => [id, before]))
  const changes = plans.filter(({ changedColumns, version }) => version === 0 || changedColumns.length > 0)
  const rows = changes.map(({ id, version, body }): ImportRow => ({ id, version, body: toJson(body) }))
  const judged = await withProgress('rows judged', rows.length, (onResults) =>
    sendRows(call, kind, rows, { dryRun: true, onResults }),
  )
  const refusals = judged.flatMap((result) => toFaults(kind, result, changes))
  if (refusals.length > 0) stopAtFaults(file, refusals, rowCount)
  const summary = formatSummary(kind, changes, plans.length)
  if (options.dryRun || changes.length === 0)
    return printResult(
      options,
      { rows: changes.map(toChange), written: 0 },
      [...changes.map(formatChange), summary].join('\n'),
    )
  if (!options.yes) console.error([...changes.map(formatChange), summary].join('\n'))
  await requireConfirmation(`Write ${changes.length} ${kind}?`, options)
  const journal = startJournal(kind, new Date(), (id) => beforeById.get(id))
  const results = await withProgress(kind, rows.length, (onResults) =>
    sendRows(call, kind, rows, {
      onResults: (done) => {
        journal.record(done)
        onResults(done)
      },
    }),
  )
  const pendingPages = await composePages(call, { kind, results })
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
  return `Rows of ${kind}: ${rowCount}. ${created} new, ${changes.length - created} changed, ${rowCount - changes.length} unchanged.`
}

/** A secret and a key are shown only once. */
function formatCredentials({ id, secret, key }: RowResult): string[] {
  return [
    ...(secret === undefined ? [] : [`${id}: ${secret} signs its webhooks. Copy it now; it is not shown again.`]),
    ...(key === undefined ? [] : [`${id}: its publishable key is ${key}.`]),
  ]
}
