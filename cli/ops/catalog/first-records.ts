import { isDeepStrictEqual } from 'node:util'
import { Command } from 'commander'
import * as z from 'zod'
import { askQuestions, createTerminalAsk, toFlag } from '#cli/init/ask-questions.ts'
import { buildFirstRecords, type FirstRecord, findRecordFaults, firstRecordQuestions } from '#cli/init/first-records.ts'
import { recordLabels } from '#shared/contract/catalog/records.ts'
import { type ApiClient, connect, type GlobalOptions, resolveTarget } from '../connect.ts'
import { formatExamples } from '../format-examples.ts'
import { printResult } from '../print-result.ts'
import { type ConfirmOptions, requireConfirmation, yesOption } from '../require-confirmation.ts'
import { stop } from '../stop.ts'
import { type AnyRecord, getRoutes, readRecord, writeRecord } from './record.ts'

const help = `
Without options it asks at the terminal. Everything is checked before the first record is written. IDs are made from names, so the
same answers never make a second record: after an interruption, run it again. A career that exists is used as it is.`

const base = new Command('first')
  .description('Create the first school, career, program, campaign and source in one go. Asks first.')
  .option(...yesOption)
base.option('--public-url <url>', 'address at which pages reach the host, for the form (or PUBLIC_URL); default: --url')
for (const { name, text } of firstRecordQuestions) base.option(`${toFlag(name)} <value>`, text)

const createFirst = base
  .addHelpText('after', help)
  .addHelpText(
    ...formatExamples(
      'records first',
      'records first --yes --school-name "Alpha College" --time-zone America/Chicago --career-title "Medical Coder" --career-summary "Codes diagnoses." --program-name "Coding Certificate" --level certificate --modality online --endpoint leads@alpha.example --price 45 --source-name Careers',
    ),
  )
  .action(async (_: object, command: Command) => {
    const options: GlobalOptions & ConfirmOptions & { publicUrl?: string } = command.optsWithGlobals()
    const call = connect(options)
    const answers = await askQuestions(firstRecordQuestions, {
      options: command.opts(),
      ask: options.yes ? undefined : createTerminalAsk(),
    })
    const records = buildFirstRecords(answers)
    const faults = findRecordFaults(records)
    if (faults.length > 0) stop({ title: `Nothing was written.\n${faults.join('\n')}`, ends: 'usage' })
    const existing = await readExisting(call, records)
    const missing = records.filter((record) => !existing.has(record))
    for (const record of records)
      console.error(`${existing.has(record) ? 'exists' : 'create'}  ${formatRecord(record)}`)
    if (missing.length > 0)
      await requireConfirmation(`Create ${missing.length} records at ${resolveTarget(options).url}?`, options)
    let secret: unknown
    for (const record of missing) {
      const { kind, id, body } = record
      const saved = await writeRecord(call, kind, { id, body, expectedVersion: '0' })
      console.error(`Created ${formatRecord(record)}.`)
      secret ??= saved.secret
    }
    const created = missing.map(({ kind, id }) => ({ kind, id }))
    const sourceKey = await readSourceKey(call, records)
    const undo = missing.toReversed().map(({ kind, id }) => `npm run ops -- ${kind} delete ${id}`)
    const { publicUrl = process.env.PUBLIC_URL || resolveTarget(options).url } = options
    const text = [
      ...formatSecret(secret, records),
      `Add the form to a page:\n\n${formatSnippet(records, { url: publicUrl.replace(/\/$/, ''), sourceKey })}`,
      ...(isLoopback(publicUrl)
        ? [`${publicUrl} is this machine: write the address there at which people reach the host.`]
        : []),
      ...(undo.length > 0 ? [`To undo, in this order:\n\n${undo.map((line) => `  ${line}`).join('\n')}`] : []),
    ]
    printResult(options, { created, sourceKey, ...(secret !== undefined && { secret }), undo }, text.join('\n\n'))
  })

export const firstRecords = new Command('records')
  .description('Create the first record of each kind.')
  .addCommand(createFirst)

/** Returns the records that are there already. Exits, before anything is written, if one has other content. */
async function readExisting(call: ApiClient, records: readonly FirstRecord[]): Promise<Map<FirstRecord, AnyRecord>> {
  const existing = new Map<FirstRecord, AnyRecord>()
  for (const record of records) {
    const stored = await readRecord(call, record.kind, record.id)
    if (stored) existing.set(record, stored)
  }
  const conflicts = [...existing].flatMap(([record, stored]) => {
    const fields = record.kind === 'careers' ? [] : findDifferences(record, stored)
    return fields.length === 0
      ? []
      : [
          `${formatRecord(record)} exists with another ${fields.join(' and ')}. Choose another name, or change it with "${record.kind} put".`,
        ]
  })
  if (conflicts.length > 0) stop({ title: `Nothing was written.\n${conflicts.join('\n')}` })
  return existing
}

/** The fields whose stored values are not those of the answers, apart from what the server adds to them. */
function findDifferences({ kind, body }: FirstRecord, stored: AnyRecord): string[] {
  // As the server stores it, such as without spaces at its ends.
  const normalized = z.record(z.string(), z.unknown()).parse(getRoutes(kind).put.body?.parse(body))
  return Object.keys(body).filter((field) => !includesValue(stored[field], normalized[field]))
}

function includesValue(stored: unknown, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return isDeepStrictEqual(stored, value)
  const fields: { [field: string]: unknown } = { ...(typeof stored === 'object' && stored) }
  return Object.entries(value).every(([name, part]) => includesValue(fields[name], part))
}

function isLoopback(url: string): boolean {
  return /^(localhost|127\.|\[::1\])/.test(new URL(url).hostname)
}

function formatRecord({ kind, id }: FirstRecord): string {
  return `${recordLabels[kind].toLowerCase()} ${id}`
}

async function readSourceKey(call: ApiClient, records: readonly FirstRecord[]): Promise<string> {
  const stored = await readRecord(call, 'sources', findId(records, 'sources'))
  return String(stored?.key)
}

function findId(records: readonly FirstRecord[], kind: FirstRecord['kind']): string {
  return records.find((record) => record.kind === kind)?.id ?? ''
}

function formatSecret(secret: unknown, records: readonly FirstRecord[]): string[] {
  if (secret !== undefined)
    return [`${secret}\n\nis the secret that signs the webhooks. Give it to the school; it is not shown again.`]
  const campaign = records.find(({ kind }) => kind === 'campaigns')
  const isWebhook = includesValue(campaign?.body.endpoint, { kind: 'webhook' })
  return isWebhook
    ? [
        `The webhook secret was shown when ${campaign?.id} was created. For a new one: campaigns rotate-secret ${campaign?.id}`,
      ]
    : []
}

function formatSnippet(
  records: readonly FirstRecord[],
  { url, sourceKey }: { url: string; sourceKey: string },
): string {
  return `  <script type="module" src="${url}/widget.js"></script>
  <tuition-request-form career="${findId(records, 'careers')}" source-key="${sourceKey}"></tuition-request-form>`
}
