import type { Reply } from '#shared/contract/route.ts'
import { readSchoolCampaign as route } from '#shared/contract/routing/school-campaigns.ts'
import { type Request, serve } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { etagOf } from '#shared/workflows/catalog/record-version.ts'
import { ownCampaign, toldCampaign } from './told-campaign.ts'

type Needs = Pick<Dependencies, 'records' | 'routing' | 'now'>

/** One campaign of the school that asks. */
export async function readSchoolCampaign(
  { params, principal }: Request<typeof route>,
  needs: Needs,
): Promise<Reply<typeof route>> {
  const kept = await ownCampaign(params.id, principal, needs)
  return { status: 200, headers: etagOf(kept.version), body: await toldCampaign(kept, needs) }
}

export const handler = serve(route, readSchoolCampaign)
