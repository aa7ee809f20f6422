import { Command } from 'commander'
import { stringify } from 'csv-stringify/sync'
import { submitLead } from '#shared/contract/capture/capture.ts'
import { connectAsSource, type SourceClient } from '../../ops/connect.ts'
import { formatExamples } from '../../ops/format-examples.ts'
import { printResult } from '../../ops/print-result.ts'
import { createCharsetOption, readTextFile } from '../../ops/read-text-file.ts'
import { requireConfirmation, yesOption } from '../../ops/require-confirmation.ts'
import { startProgressBar } from '../../ops/start-progress-bar.ts'
import { exitCodes, stop } from '../../ops/stop.ts'
import { dryRunOption, type WriteOptions } from '../careers/write-careers.ts'
import { parseCsv } from '../records/parse-csv.ts'
import { formatFault, stopAtFaults } from '../records/stop-at-faults.ts'
import { entryFields, leadColumns } from './lead-columns.ts'
import { findLeadFaultColumn, type LeadPlan, parseLeadRows } from './parse-lead-rows.ts'

type ImportLeadsOptions = WriteOptions & {
  template?: true
  charset?: string
  consentText?: string
  sourceKey?: string
}
type LeadRowResult = {
  row: number
  id: string
  outcome: 'accepted' | 'unmatched' | 'duplicate' | 'refused'
  leadId?: string
  schools?: number
  faults?: { column: string; detail: string }[]
}

const columnHelp = leadColumns.map(
  ({ name, help, isRequired }) => `  ${name}${isRequired ? ' (required)' : ''}: ${help}`,
)

export const importLeads = new Command('leads')
  .description(
    'Send leads of a source from a CSV file with the proof of their consent: the whole file is judged first. Asks for confirmation.',
  )
  .argument('[file]', 'CSV with a header row')
  .option('--source-key <key>', 'secret key of the source (sk_...); or set PROSPECTUS_SOURCE_KEY')
  .option('--consent-text <file>', 'the text that everyone in the file agreed to, unchanged')
  .option('--template', 'print a file with all columns and an example')
  .addOption(createCharsetOption())
  .option(...dryRunOption)
  .option(...yesOption)
  .addHelpText(
    'after',
    `\nColumns:\n${columnHelp.join('\n')}\n  ${entryFields.map((field) => `${field}.<name>`).join(', ')}: one entry each.`,
  )
  .addHelpText(
    ...formatExamples(
      'import leads --template > fair.csv',
      'import leads fair.csv --consent-text agreed.txt --dry-run',
      'import leads fair.csv --consent-text agreed.txt --source-key sk_...',
    ),
  )
  .action(async (file: string | undefined, _: object, command: Command) => {
    const options: ImportLeadsOptions = command.optsWithGlobals()
    if (options.template) return console.log(formatTemplate())
    if (file === undefined) return stop({ title: 'Pass a file, or --template for an empty one.', ends: 'usage' })
    await sendFile(file, options)
  })

function formatTemplate(): string {
  return stringify([leadColumns.map(({ name }) => name), leadColumns.map(({ example }) => example)]).trimEnd()
}

async function sendFile(file: string, options: ImportLeadsOptions): Promise<void> {
  const table = parseCsv(file, await readTextFile(file, { charset: options.charset, isCsv: true }))
  const consentText =
    options.consentText === undefined ? undefined : await readTextFile(options.consentText, { isCsv: false })
  const { plans, faults } = parseLeadRows(table, { consentText })
  if (faults.length > 0) stopAtFaults(file, faults, table.rows.length)
  const summary = `${plans.length} leads, each with its consent.`
  if (options.dryRun) return printResult(options, { leads: plans.length, sent: 0 }, `${summary} Nothing was sent.`)
  const call = connectAsSource(options)
  await requireConfirmation(`${summary} Schools that match are sent them at once. Send the leads?`, options)
  const bar = startProgressBar('leads', plans.length)
  const results: LeadRowResult[] = []
  for (const plan of plans) {
    results.push(await sendLead(call, plan).finally(() => bar.update(results.length + 1)))
  }
  bar.end()
  const refused = results.filter(({ outcome }) => outcome === 'refused')
  const lines = [
    ...results.flatMap(formatResult),
    `Sent: ${results.length - refused.length}. Refused: ${refused.length}.`,
  ]
  printResult(options, { results }, lines.join('\n'))
  if (refused.length > 0) process.exitCode = exitCodes.refused.code
}

/** The ID of a row is its Idempotency-Key, so a row that is sent again makes no second lead. */
async function sendLead(call: SourceClient, { row, id, body }: LeadPlan): Promise<LeadRowResult> {
  const response = await call(submitLead, { headers: { 'idempotency-key': `csv-${id}` }, body })
  if (response.status === 201) {
    const { outcome, leadId, schools } = response.body
    return { row, id, outcome, leadId, schools: schools.length }
  }
  const { detail, errors, code } = response.problem
  // The key or the source is at fault, not the row.
  if (response.status === 401 || response.status === 403 || code === 'SOURCE_PAUSED') return stop(response.problem)
  const faults = (errors ?? []).map((error) => ({ column: findLeadFaultColumn(error.pointer), detail: error.detail }))
  return {
    row,
    id,
    outcome: 'refused',
    faults: faults.length > 0 ? faults : [{ column: 'id', detail: detail ?? code }],
  }
}

function formatResult({ row, id, outcome, leadId, schools, faults = [] }: LeadRowResult): string[] {
  if (outcome === 'refused') return faults.map((fault) => formatFault({ row, ...fault }))
  return [`row ${row}, ${id}: ${outcome}, ${leadId}, schools: ${schools}`]
}
