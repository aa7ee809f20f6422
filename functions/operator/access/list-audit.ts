import * as z from 'zod'
import { listAudit as route } from '#shared/contract/access/audit.ts'
import type { Reply } from '#shared/contract/route.ts'
import type { AuditEntry } from '#shared/domain/access/audit-entry.ts'
import { shiftDay, toDay } from '#shared/domain/time.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { decodeContinuation, encodeContinuation } from '#shared/http/continuation-token.ts'
import { formatLink } from '#shared/http/lists.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { StoredAuditEntry } from '#shared/store/access/audit-store.ts'

type ListAuditDependencies = Pick<Dependencies, 'audit' | 'tokens' | 'now'>
type Query = Request<typeof route>['query']
type Position = z.output<typeof position>

// Keeps one page well below a second; the next page continues.
const maxQueries = 100
const entriesPerQuery = 100
// No entry is older.
const firstDay = '2026-11-01'

/** Lists audit entries, latest first: those of one record by its index, and others day by day. */
export async function listAudit(
  { query }: Request<typeof route>,
  deps: ListAuditDependencies,
): Promise<Reply<typeof route>> {
  const { cursor, limit, ...filter } = query
  const list = `audit:${JSON.stringify(filter)}`
  const start: Position = { day: toDay(parseEnd(query, deps)) }
  let current: Position | undefined =
    cursor === undefined ? start : position.parse(await decodeContinuation(list, cursor, deps))
  const matchesFilter = createAuditFilter(filter)
  const entries: StoredAuditEntry[] = []
  for (let queries = 0; current && queries < maxQueries && entries.length < limit; queries++) {
    const pageSize = Math.min(entriesPerQuery, limit - entries.length)
    const page: Awaited<ReturnType<typeof readPage>> = await readPage(query, current, pageSize, deps)
    entries.push(...page.entries.filter(matchesFilter))
    current = page.next
  }
  const nextCursor = current ? await encodeContinuation(list, current, deps) : null
  return {
    status: 200,
    headers: nextCursor === null ? {} : { link: formatLink('next', route.path, { ...query, cursor: nextCursor }) },
    body: { entries, page: { nextCursor } },
  }
}

async function readPage(query: Query, { day, after }: Position, limit: number, deps: ListAuditDependencies) {
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

function createAuditFilter({ actor, record, action }: Pick<Query, 'actor' | 'record' | 'action'>) {
  return (entry: AuditEntry): boolean =>
    (actor === undefined || Object.values(entry.actor).includes(actor)) &&
    (record === undefined || parseRecord(record) !== undefined || entry.record.id === record) &&
    (action === undefined || entry.action === action || entry.action.startsWith(`${action}.`))
}

function parseEnd({ to }: Query, { now }: Pick<ListAuditDependencies, 'now'>): string {
  return to === undefined ? now().toISOString() : toInstant(to, 'last')
}

function toInstant(value: string, end: 'first' | 'last'): string {
  if (value.length > 10) return new Date(value).toISOString()
  return end === 'first' ? `${value}T00:00:00.000Z` : `${value}T23:59:59.999Z`
}

const position = z.object({ day: z.string(), after: z.record(z.string(), z.string()).optional() })

export const handler = defineHandler(route, listAudit)
