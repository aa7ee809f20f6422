import type { Reply } from '#shared/contract/route.ts'
import { listSchoolLeads as route } from '#shared/contract/school.ts'
import { leadCreated } from '#shared/domain/lead-created.ts'
import { type Request, serve } from '#shared/runtime/api.ts'
import type { Dependencies } from '#shared/runtime/dependencies.ts'
import { pageAsked, pageTold } from '#shared/runtime/lists.ts'

type Needs = Pick<Dependencies, 'deliveries' | 'tokens' | 'now'>

/** A school's leads. Whose they are is told by the key alone. */
export async function listSchoolLeads(request: Request<typeof route>, needs: Needs): Promise<Reply<typeof route>> {
  const { schoolId } = request.principal
  const { since: given, order, ...asked } = request.query
  // As rows write it: without its milliseconds an instant would sort behind the second that it begins.
  const since = given && new Date(given).toISOString()
  const list = `school:${schoolId}:${since ?? ''}:${order}`
  const page = await pageAsked(list, asked, needs)
  const { deliveries, next } = await needs.deliveries.ofSchool(schoolId, {
    ...page,
    ...(since && { since }),
    order: order === 'newest' ? 'descending' : 'ascending',
  })
  const told = await pageTold(list, { path: route.path, query: request.query, next }, needs)
  const leads = deliveries.map(({ deliveryId, leadId, campaignId, state, createdAt, disposition, body }) => ({
    deliveryId,
    leadId,
    campaignId,
    state,
    createdAt,
    ...(disposition && { disposition }),
    event: leadCreated.parse(JSON.parse(body)),
  }))
  return { status: 200, headers: told.headers, body: { leads, page: told.page } }
}

export const handler = serve(route, listSchoolLeads)
