import * as z from 'zod'
import type { exportAudit, listAudit } from '#shared/contract/access/audit.ts'
import type { AuditEntry } from '#shared/domain/access/audit-entry.ts'
import { shiftDay, toDay } from '#shared/domain/time.ts'
import type { Request } from '#shared/http/api.ts'
import { decodeContinuation, encodeContinuation } from '#shared/http/continuation-token.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { StoredAuditEntry } from '#shared/store/access/audit-store.ts'

export type ReadAuditPageDependencies = Pick<Dependencies, 'audit' | 'tokens' | 'now'>
type Filter = Omit<Request<typeof exportAudit>['query'], 'cursor'>
type AuditQuery = Pick<Request<typeof listAudit>['query'], 'limit' | 'cursor'> & Filter
type Position = z.output<typeof position>

// Keeps one page well below a second; the next page continues.
const maxQueries = 100
const entriesPerQuery = 100
// No entry is older.
const firstDay = '2026-11-01'

/** Reads audit entries, latest first: those of one record by its index, and others day by day. */
export async function readAuditPage({ cursor, limit, ...filter }: AuditQuery, deps: ReadAuditPageDependencies) {
  const list = `audit:${JSON.stringify(filter)}`
  const start: Position = { day: toDay(parseEnd(filter, deps)) }
  let current: Position | undefined =
    cursor === undefined ? start : position.parse(await decodeContinuation(list, cursor, deps))
  const matchesFilter = createAuditFilter(filter)
  const entries: StoredAuditEntry[] = []
  for (let queries = 0; current && queries < maxQueries && entries.length < limit; queries++) {
    const pageSize = Math.min(entriesPerQuery, limit - entries.length)
    const page: Awaited<ReturnType<typeof readPage>> = await readPage(filter, current, pageSize, deps)
    entries.push(...page.entries.filter(matchesFilter))
    current = page.next
  }
  return { entries, nextCursor: current ? await encodeContinuation(list, current, deps) : null }
}

async function readPage(query: Filter, { day, after }: Position, limit: number, deps: ReadAuditPageDependencies) {
  const from = query.from && toInstant(query.from, 'first')
  const to = parseEnd(query, deps)
  const page = { ...(from && { from }), to, limit, ...(after && { after }) }
  const record = parseRecord(query.record)
  if (record) {
    const { entries, next } = await deps.audit.listByRecord(record, page)
    return { entries, next: next && { day, after: next } }
  }
  const { entries, next } = await deps.audit.listByDay(day, page)
  if (next) return { entries, next: { day, after: next } }
  const previousDay = shiftDay(day, -1)
  const hasMore = previousDay >= (from ? toDay(from) : firstDay)
  return { entries, next: hasMore ? { day: previousDay } : undefined }
}

/** A record with its kind is found by the index; an ID alone is a filter. */
function parseRecord(record: string | undefined): AuditEntry['record'] | undefined {
  const [, kind, id] = /^([a-z-]+)\/(.+)$/.exec(record ?? '') ?? []
  return kind === undefined || id === undefined ? undefined : { kind, id }
}

function createAuditFilter({ actor, record, action }: Filter) {
  return (entry: AuditEntry): boolean =>
    (actor === undefined || Object.values(entry.actor).includes(actor)) &&
    (record === undefined || parseRecord(record) !== undefined || entry.record.id === record) &&
    (action === undefined || entry.action === action || entry.action.startsWith(`${action}.`))
}

function parseEnd({ to }: Filter, { now }: Pick<ReadAuditPageDependencies, 'now'>): string {
  return to === undefined ? now().toISOString() : toInstant(to, 'last')
}

function toInstant(value: string, end: 'first' | 'last'): string {
  if (value.length > 10) return new Date(value).toISOString()
  return end === 'first' ? `${value}T00:00:00.000Z` : `${value}T23:59:59.999Z`
}

const position = z.object({ day: z.string(), after: z.record(z.string(), z.string()).optional() })
