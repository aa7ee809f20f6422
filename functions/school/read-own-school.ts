import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { readOwnSchool as route } from '#shared/contract/routing/school-campaigns.ts'
import { school } from '#shared/domain/catalog/school.ts'
import { type Request, serve } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { toldCampaign } from './told-campaign.ts'

type Needs = Pick<Dependencies, 'records' | 'composed' | 'routing' | 'now'>

/** Where a school begins: who it is, what it buys, and how full its caps are. */
export async function readOwnSchool({ principal }: Request<typeof route>, needs: Needs): Promise<Reply<typeof route>> {
  const { schoolId, scope } = principal
  const kept = await needs.records.get('schools', schoolId)
  if (!kept) throw new Refusal('NOT_FOUND', 'The school of this key is no longer there.')
  const { name, timeZone, status } = school.parse(kept.body)
  const ids = await needs.composed.dependents('schools', schoolId, 'campaigns')
  const found = await Promise.all(ids.map((id) => needs.records.get('campaigns', id)))
  const campaigns = await Promise.all(found.flatMap((one) => (one ? [toldCampaign(one, needs)] : [])))
  return { status: 200, body: { schoolId, name, timeZone, status, scope, campaigns } }
}

export const handler = serve(route, readOwnSchool)
