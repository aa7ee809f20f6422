import { Command } from 'commander'
import type * as z from 'zod'
import { exportAudit, listAudit, verifyAudit } from '#shared/contract/access/audit.ts'
import { listDays, shiftDay, toDay } from '#shared/domain/time.ts'
import { connect, type GlobalOptions } from '../connect.ts'
import { createListCommand } from '../create-list-command.ts'
import { formatExamples } from '../format-examples.ts'
import { printResult } from '../print-result.ts'
import { yesOption } from '../require-confirmation.ts'
import { stop } from '../stop.ts'
import { type CsvExportOptions, writeCsvExport } from '../write-csv-export.ts'

type ListOptions = { from?: string; to?: string; actor?: string; record?: string; action?: string }
type AuditEntryResponse = z.output<(typeof listAudit.responses)[200]['body']>['entries'][number]
type VerifyOptions = GlobalOptions & { from?: string; to?: string; head?: string }

const list = createListCommand<AuditEntryResponse, ListOptions>(
  addFilterOptions(new Command('list'))
    .description('List who changed what and when, latest first.')
    .addHelpText(
      ...formatExamples('audit list --record campaigns/tall-grass-tx', 'audit list --actor staff --action key'),
    ),
  {
    rows: 'entries',
    fetchPage: async (call, page, options) => {
      const response = await call(listAudit, { query: { ...page, ...toFilter(options) } })
      if (response.status !== 200) return stop(response.problem)
      return { rows: response.body.entries, next: response.body.page.nextCursor }
    },
    toRow: ({ entryId, at, actor, action, record }) => [
      entryId,
      { at, action, record: `${record.kind}/${record.id}`, actor: formatActor(actor) },
    ],
  },
)

const exportEntries = addFilterOptions(new Command('export'))
  .description('Export who changed what and when as CSV, with before and after, latest first.')
  .option('--out <file>', 'output file, readable only by you; default standard output')
  .option(...yesOption)
  .addHelpText(...formatExamples('audit export --from 2026-11-01 --to 2026-11-30 --out audit.csv'))
  .action(async (_: object, command: Command) => {
    const options: CsvExportOptions & ListOptions = command.optsWithGlobals()
    const call = connect(options)
    await writeCsvExport('entries', options, (cursor) =>
      call(exportAudit, { query: { ...toFilter(options), ...cursor } }),
    )
  })

const verify = new Command('verify')
  .description(
    'Recompute the hash chain of the entries, day by day, and compare the proofs of consent that they list. Exit code 1 if an ' +
      'entry was edited, removed or added, or a proof of consent was changed or removed.',
  )
  .option('--from <day>', 'first day (default: 30 days ago)')
  .option('--to <day>', 'last day (default: today)')
  .option('--head <head>', 'an earlier head, day:sequence:hash, that the chain must contain')
  .addHelpText(...formatExamples('audit verify', 'audit verify --from 2026-11-01 --head 2026-11-28:120:9f86d0...'))
  .action(async (_: object, command: Command) => {
    const options: VerifyOptions = command.optsWithGlobals()
    const { to = toDay(new Date().toISOString()), from = shiftDay(to, -30) } = options
    const call = connect(options)
    const days = []
    for (const day of listDays({ from, to })) {
      const response = await call(verifyAudit, { params: { day } })
      if (response.status !== 200) return stop(response.problem)
      days.push(response.body)
    }
    const faults = days.flatMap(({ day, faults }) => faults.map((fault) => ({ day, ...fault })))
    const head = days.findLast((one) => one.head !== null)?.head
    const headFault = options.head === undefined ? undefined : await findHeadFault(options.head, call)
    const sealed = days.reduce((sum, one) => sum + one.sealed, 0)
    const lines = [
      ...faults.map(
        ({ day, fault, sequence, entryId = '', detail }) => `${day} ${fault} ${sequence ?? ''} ${entryId} ${detail}`,
      ),
      ...(headFault === undefined ? [] : [headFault]),
      `${sealed} sealed entries, ${faults.length} faults.`,
      ...(head ? [`Head: ${head.day}:${head.sequence}:${head.hash}`] : []),
    ]
    printResult(options, { sealed, faults, head: head ?? null, ...(headFault && { headFault }) }, lines.join('\n'))
    if (faults.length > 0 || headFault !== undefined) process.exitCode = 1
  })

/** Returns what is wrong with a head that was noted earlier: the chain of its day must still reach its number. */
async function findHeadFault(text: string, call: ReturnType<typeof connect>): Promise<string | undefined> {
  const [, day, sequence, hash] = /^(\d{4}-\d{2}-\d{2}):(\d+):([0-9a-f]{64})$/.exec(text) ?? []
  if (day === undefined) return stop({ title: `--head must be day:sequence:hash, not ${text}.`, ends: 'usage' })
  const response = await call(verifyAudit, { params: { day } })
  if (response.status !== 200) return stop(response.problem)
  const { head } = response.body
  if (!head || head.sequence < Number(sequence)) return `${day} truncated: the chain ends before ${sequence}.`
  return head.sequence === Number(sequence) && head.hash !== hash
    ? `${day} rewritten: ${sequence} has another hash.`
    : undefined
}

function addFilterOptions(command: Command): Command {
  return command
    .option('--from <instant>', 'first day or instant')
    .option('--to <instant>', 'last day or instant')
    .option('--actor <actor>', 'staff, school, publisher or system, or the ID or name of a key, school or source')
    .option('--record <record>', 'kind/id, such as campaigns/tall-grass-tx, or an ID')
    .option('--action <action>', 'an action, such as record.changed, or its first part')
}

function toFilter({ from, to, actor, record, action }: ListOptions): ListOptions {
  return {
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(actor !== undefined && { actor }),
    ...(record !== undefined && { record }),
    ...(action !== undefined && { action }),
  }
}

function formatActor(actor: AuditEntryResponse['actor']): string {
  if (actor.kind === 'visitor') return 'visitor'
  if (actor.kind === 'system') return `system ${actor.name}`
  const owner = actor.kind === 'school' ? ` ${actor.schoolId}` : actor.kind === 'publisher' ? ` ${actor.sourceId}` : ''
  return `${actor.kind}${owner} ${actor.name ?? actor.keyId}`
}

export const audit = new Command('audit')
  .description('List and verify who changed what.')
  .addCommand(list)
  .addCommand(exportEntries)
  .addCommand(verify)
