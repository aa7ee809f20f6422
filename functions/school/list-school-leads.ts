import type { Reply } from '#shared/contract/route.ts'
import { listSchoolLeads as route } from '#shared/contract/school.ts'
import { leadCreated } from '#shared/domain/delivery/lead-created.ts'
import { type Request, serve } from '#shared/http/api.ts'
import { pageAsked, pageTold } from '#shared/http/lists.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { Erased, Kept } from '#shared/store/delivery/delivery-row.ts'

type Needs = Pick<Dependencies, 'deliveries' | 'tokens' | 'now'>

/** A school's leads. Whose they are is told by the key alone. */
export async function listSchoolLeads(request: Request<typeof route>, needs: Needs): Promise<Reply<typeof route>> {
  const { schoolId } = request.principal
  const { since: given, order, state, disposition, ...asked } = request.query
  // As rows write it: without its milliseconds an instant would sort behind the second that it begins.
  const since = given && new Date(given).toISOString()
  const list = ['school', schoolId, since, order, state, disposition].map((part) => part ?? '').join(':')
  const page = await pageAsked(list, asked, needs)
  const { deliveries, next } = await needs.deliveries.ofSchool(schoolId, {
    ...page,
    ...(since && { since }),
    order: order === 'newest' ? 'descending' : 'ascending',
  })
  const told = await pageTold(list, { path: route.path, query: request.query, next }, needs)
  const passing = deliveries.filter((delivery) => passes(delivery, { state, disposition }))
  return { status: 200, headers: told.headers, body: { leads: passing.map(leadOf), page: told.page } }
}

type Lead = Extract<Reply<typeof route>, { status: 200 }>['body']['leads'][number]
type Filter = Pick<Request<typeof route>['query'], 'state' | 'disposition'>

function passes(delivery: Kept | Erased, { state, disposition }: Filter): boolean {
  // Of a test there is nothing to tell, and of a person who was forgotten nothing may be.
  const isOpen = !delivery.test && delivery.state !== 'erased'
  const told = delivery.disposition?.disposition ?? (isOpen ? 'nothing' : undefined)
  return (state === undefined || delivery.state === state) && (disposition === undefined || told === disposition)
}

function leadOf(delivery: Kept | Erased): Lead {
  const { deliveryId, leadId, campaignId, state, createdAt, disposition } = delivery
  return {
    deliveryId,
    leadId,
    campaignId,
    state,
    createdAt,
    ...(disposition && { disposition }),
    ...(delivery.state !== 'erased' && { event: leadCreated.parse(JSON.parse(delivery.body)) }),
  }
}

export const handler = serve(route, listSchoolLeads)
