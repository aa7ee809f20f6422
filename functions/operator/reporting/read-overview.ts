import * as z from 'zod'
import { readOverview as route } from '#shared/contract/reporting/overview.ts'
import type { Reply } from '#shared/contract/route.ts'
import type { Lead } from '#shared/domain/capture/lead.ts'
import { toOwnerName } from '#shared/domain/catalog/generation.ts'
import { countDeliveries } from '#shared/domain/reporting/delivery-times.ts'
import { toDay } from '#shared/domain/time.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { decodeContinuation, encodeContinuation } from '#shared/http/continuation-token.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'

type ReadOverviewDependencies = Pick<Dependencies, 'leads' | 'records' | 'deliveries' | 'tokens' | 'now'>

const leadsPerPage = 1000
const deliveriesPerPage = 1000

/** Counts a day page by page: its leads first, then the deliveries of one school after another. At most two queries per page. */
export async function readOverview(
  { query }: Request<typeof route>,
  deps: ReadOverviewDependencies,
): Promise<Reply<typeof route>> {
  const { day = toDay(deps.now().toISOString()), cursor } = query
  const list = `overview:${day}`
  const position =
    cursor === undefined
      ? { part: 'leads' as const }
      : overviewPosition.parse(await decodeContinuation(list, cursor, deps))
  const { next, ...counts } =
    position.part === 'leads' ? await readLeadsPage(day, position, deps) : await readDeliveriesPage(day, position, deps)
  return {
    status: 200,
    body: { day, ...counts, page: { nextCursor: next ? await encodeContinuation(list, next, deps) : null } },
  }
}

async function readLeadsPage(day: string, { after }: OverviewPosition, deps: ReadOverviewDependencies) {
  const { leads, next } = await deps.leads.listByDay(day, { limit: leadsPerPage, ...(after && { after }) })
  const nextPosition: OverviewPosition = next ? { part: 'leads', after: next } : { part: 'deliveries' }
  return { ...countDeliveries([]), hours: countLeadsByHour(leads), scanned: leads.length, next: nextPosition }
}

async function readDeliveriesPage(day: string, { after, school }: OverviewPosition, deps: ReadOverviewDependencies) {
  const { records, next: nextSchool } = await deps.records.list('schools', {
    limit: 1,
    ...(school && { after: school }),
  })
  const [first] = records
  const lastInstant = `${day}T23:59:59.999Z`
  const span = { from: `${day}T00:00:00.000Z`, to: lastInstant, until: lastInstant }
  const { outlines, next } = first
    ? await deps.deliveries.listOutlines(toOwnerName(first), span, { limit: deliveriesPerPage, after })
    : { outlines: [], next: undefined }
  const nextPosition: OverviewPosition | undefined = next
    ? { part: 'deliveries', after: next, ...(school && { school }) }
    : nextSchool && { part: 'deliveries', school: nextSchool }
  return { ...countDeliveries(outlines), hours: [], scanned: outlines.length, next: nextPosition }
}

/** Hours (UTC) without leads are left out. */
function countLeadsByHour(leads: readonly Pick<Lead, 'receivedAt' | 'outcome' | 'test'>[]) {
  const hours = Map.groupBy(leads, ({ receivedAt }) => new Date(receivedAt).getUTCHours())
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
