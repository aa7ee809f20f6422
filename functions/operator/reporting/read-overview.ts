import * as z from 'zod'
import { readOverview as route } from '#shared/contract/reporting/overview.ts'
import type { Reply } from '#shared/contract/route.ts'
import type { Lead } from '#shared/domain/capture/lead.ts'
import { toOwnerName } from '#shared/domain/catalog/generation.ts'
import { findDaySpan, findLocalHour, findToday } from '#shared/domain/reporting/day-span.ts'
import { countDeliveries } from '#shared/domain/reporting/delivery-times.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { decodeContinuation, encodeContinuation } from '#shared/http/continuation-token.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { listLeadsOfDay } from '#shared/workflows/capture/list-leads-of-day.ts'

type ZonedDay = { day: string; timeZone: string }
type ReadOverviewDependencies = Pick<Dependencies, 'leads' | 'records' | 'deliveries' | 'tokens' | 'now'>

const leadsPerPage = 1000
const deliveriesPerPage = 1000

/** Counts a day page by page: its leads first, then the deliveries of one school after another. At most two queries per page. */
export async function readOverview(
  { query }: Request<typeof route>,
  deps: ReadOverviewDependencies,
): Promise<Reply<typeof route>> {
  const { timeZone = 'UTC', day = findToday(deps.now(), timeZone), cursor } = query
  const list = `overview:${day}:${timeZone}`
  const position =
    cursor === undefined
      ? { part: 'leads' as const }
      : overviewPosition.parse(await decodeContinuation(list, cursor, deps))
  const { next, ...counts } =
    position.part === 'leads'
      ? await readLeadsPage({ day, timeZone }, position, deps)
      : await readDeliveriesPage({ day, timeZone }, position, deps)
  return {
    status: 200,
    body: { day, ...counts, page: { nextCursor: next ? await encodeContinuation(list, next, deps) : null } },
  }
}

async function readLeadsPage(zonedDay: ZonedDay, { after }: OverviewPosition, deps: ReadOverviewDependencies) {
  const { leads, next } = await listLeadsOfDay(zonedDay, { limit: leadsPerPage, ...(after && { after }) }, deps)
  const nextPosition: OverviewPosition = next ? { part: 'leads', after: next } : { part: 'deliveries' }
  return {
    ...countDeliveries([]),
    hours: countLeadsByHour(leads, zonedDay.timeZone),
    scanned: leads.length,
    next: nextPosition,
  }
}

async function readDeliveriesPage(
  { day, timeZone }: ZonedDay,
  { after, school }: OverviewPosition,
  deps: ReadOverviewDependencies,
) {
  const { records, next: nextSchool } = await deps.records.list('schools', {
    limit: 1,
    ...(school && { after: school }),
  })
  const [first] = records
  const { from, last } = findDaySpan(day, timeZone)
  const span = { from, to: last, until: last }
  const { outlines, next } = first
    ? await deps.deliveries.listOutlines(toOwnerName(first), span, { limit: deliveriesPerPage, after })
    : { outlines: [], next: undefined }
  const nextPosition: OverviewPosition | undefined = next
    ? { part: 'deliveries', after: next, ...(school && { school }) }
    : nextSchool && { part: 'deliveries', school: nextSchool }
  return { ...countDeliveries(outlines), hours: [], scanned: outlines.length, next: nextPosition }
}

/** Hours without leads are left out. */
function countLeadsByHour(leads: readonly Pick<Lead, 'receivedAt' | 'outcome' | 'test'>[], timeZone: string) {
  const hours = Map.groupBy(leads, ({ receivedAt }) => findLocalHour(receivedAt, timeZone))
  return [...hours]
    .toSorted(([one], [other]) => one - other)
    .map(([hour, all]) => {
      const real = all.filter(({ test }) => !test)
      const count = (outcome: Lead['outcome']) => real.filter((lead) => lead.outcome === outcome).length
      return {
        hour,
        accepted: count('accepted'),
        unmatched: count('unmatched'),
        duplicate: count('duplicate'),
        test: all.length - real.length,
      }
    })
}

const cursor = z.record(z.string(), z.string())
const overviewPosition = z.object({
  part: z.enum(['leads', 'deliveries']),
  after: cursor.optional(),
  school: cursor.optional(),
})
type OverviewPosition = z.output<typeof overviewPosition>

export const handler = defineHandler(route, readOverview)
