import type { Reply } from '#shared/contract/route.ts'
import { listSchoolLeads as route } from '#shared/contract/school.ts'
import { leadCreated } from '#shared/domain/delivery/lead-created.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { pageResponse, parsePageRequest } from '#shared/http/lists.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { ErasedDelivery, StoredDelivery } from '#shared/store/delivery/delivery-row.ts'

type ListSchoolLeadsDependencies = Pick<Dependencies, 'deliveries' | 'tokens' | 'now'>

/** A school's leads. Whose they are is told by the key alone. */
export async function listSchoolLeads(
  request: Request<typeof route>,
  deps: ListSchoolLeadsDependencies,
): Promise<Reply<typeof route>> {
  const { schoolId } = request.principal
  const { since: sinceInput, order, state, disposition, ...pageQuery } = request.query
  // As rows write it: without its milliseconds an instant would sort behind the second that it begins.
  const since = sinceInput && new Date(sinceInput).toISOString()
  const list = ['school', schoolId, since, order, state, disposition].map((part) => part ?? '').join(':')
  const pageRequest = await parsePageRequest(list, pageQuery, deps)
  const { deliveries, next } = await deps.deliveries.listBySchool(schoolId, {
    ...pageRequest,
    ...(since && { since }),
    order: order === 'newest' ? 'descending' : 'ascending',
  })
  const response = await pageResponse(list, { path: route.path, query: request.query, next }, deps)
  const matching = deliveries.filter((delivery) => matchesFilter(delivery, { state, disposition }))
  return { status: 200, headers: response.headers, body: { leads: matching.map(toSchoolLead), page: response.page } }
}

type Lead = Extract<Reply<typeof route>, { status: 200 }>['body']['leads'][number]
type Filter = Pick<Request<typeof route>['query'], 'state' | 'disposition'>

function matchesFilter(delivery: StoredDelivery | ErasedDelivery, { state, disposition }: Filter): boolean {
  // Of a test there is nothing to tell, and of a person who was forgotten nothing may be.
  const canHaveDisposition = !delivery.test && delivery.state !== 'erased'
  const dispositionWord = delivery.disposition?.disposition ?? (canHaveDisposition ? 'nothing' : undefined)
  return (
    (state === undefined || delivery.state === state) && (disposition === undefined || dispositionWord === disposition)
  )
}

function toSchoolLead(delivery: StoredDelivery | ErasedDelivery): Lead {
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

export const handler = defineHandler(route, listSchoolLeads)
