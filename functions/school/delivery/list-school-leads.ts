import { listSchoolLeads as route } from '#shared/contract/delivery/school-leads.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { pageResponse, parsePageRequest } from '#shared/http/lists.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { ErasedDelivery, StoredDelivery } from '#shared/store/delivery/delivery-row.ts'
import { toPrincipalOwner } from '../to-principal-owner.ts'
import type { ReadAsSchoolDependencies } from './read-as-school.ts'
import { toSchoolLead } from './to-school-lead.ts'

type ListSchoolLeadsDependencies = Pick<Dependencies, 'tokens'> & ReadAsSchoolDependencies

/** Lists the leads of the school that owns the API key, with contact details of those that it has taken. A page may be short because filters apply after it is read. */
export async function listSchoolLeads(
  request: Request<typeof route>,
  deps: ListSchoolLeadsDependencies,
): Promise<Reply<typeof route>> {
  const schoolOwner = toPrincipalOwner(request.principal)
  const { since: sinceInput, order, state, disposition, ...pageQuery } = request.query
  // Rows store milliseconds; an instant without them would sort after the rest of its second.
  const since = sinceInput && new Date(sinceInput).toISOString()
  const list = ['school', schoolOwner, since, order, state, disposition].map((part) => part ?? '').join(':')
  const pageRequest = await parsePageRequest(list, pageQuery, deps)
  const { deliveries, next } = await deps.deliveries.listBySchool(schoolOwner, {
    ...pageRequest,
    ...(since && { since }),
    order: order === 'newest' ? 'descending' : 'ascending',
  })
  const response = await pageResponse(list, { path: route.path, query: request.query, next }, deps)
  const matching = deliveries.filter((delivery) => matchesFilter(delivery, { state, disposition }))
  const leads = await Promise.all(matching.map((delivery) => toSchoolLead(delivery, request.principal, deps)))
  return { status: 200, headers: response.headers, body: { leads, page: response.page } }
}

type Filter = Pick<Request<typeof route>['query'], 'state' | 'disposition'>

function matchesFilter(delivery: StoredDelivery | ErasedDelivery, { state, disposition }: Filter): boolean {
  // A test lead or an erased lead cannot get a disposition, so `none` does not match it.
  const canHaveDisposition = !delivery.test && delivery.state !== 'erased'
  const latestDisposition = delivery.disposition?.disposition ?? (canHaveDisposition ? 'none' : undefined)
  return (
    (state === undefined || delivery.state === state) &&
    (disposition === undefined || latestDisposition === disposition)
  )
}

export const handler = defineHandler(route, listSchoolLeads)
