import * as z from 'zod'
import { readOverview as route } from '#shared/contract/reporting/overview.ts'
import type { Reply } from '#shared/contract/route.ts'
import { countDeliveries, countLeads } from '#shared/domain/reporting/overview.ts'
import { type Request, serve } from '#shared/http/api.ts'
import { resume, suspend } from '#shared/http/suspended.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'

type Needs = Pick<Dependencies, 'leads' | 'records' | 'replays' | 'tokens' | 'now'>

const leadsOfPage = 1000
const deliveriesOfPage = 1000

/** What came in and went out on a day: leads first, then the deliveries of one school after another. A few queries a page. */
export async function readOverview({ query }: Request<typeof route>, needs: Needs): Promise<Reply<typeof route>> {
  const { day = needs.now().toISOString().slice(0, 10), cursor } = query
  const list = `overview:${day}`
  const from = cursor === undefined ? { part: 'leads' as const } : place.parse(await resume(list, cursor, needs))
  const { next, ...counted } =
    from.part === 'leads' ? await leadsFrom(day, from, needs) : await deliveriesFrom(day, from, needs)
  return {
    status: 200,
    body: { day, ...counted, page: { nextCursor: next ? await suspend(list, next, needs) : null } },
  }
}

async function leadsFrom(day: string, { after }: Place, needs: Needs) {
  const { leads, next } = await needs.leads.ofDay(day, { limit: leadsOfPage, ...(after && { after }) })
  const goesOn: Place = next ? { part: 'leads', after: next } : { part: 'deliveries' }
  return { ...countDeliveries([]), hours: countLeads(leads), looked: leads.length, next: goesOn }
}

async function deliveriesFrom(day: string, { after, school }: Place, needs: Needs) {
  const { records, next: nextSchool } = await needs.records.list('schools', {
    limit: 1,
    ...(school && { after: school }),
  })
  const [first] = records
  const span = { from: `${day}T00:00:00.000Z`, to: `${day}T23:59:59.999Z` }
  const { outlines, next } = first
    ? await needs.replays.outlines(first.id, span, `${day}T23:59:59.999Z`, { limit: deliveriesOfPage, after })
    : { outlines: [], next: undefined }
  const goesOn: Place | undefined = next
    ? { part: 'deliveries', after: next, ...(school && { school }) }
    : nextSchool && { part: 'deliveries', school: nextSchool }
  return { ...countDeliveries(outlines), hours: [], looked: outlines.length, next: goesOn }
}

const cursor = z.record(z.string(), z.string())
const place = z.object({ part: z.enum(['leads', 'deliveries']), after: cursor.optional(), school: cursor.optional() })
type Place = z.output<typeof place>

export const handler = serve(route, readOverview)
