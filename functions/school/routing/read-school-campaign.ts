import type { Reply } from '#shared/contract/route.ts'
import { readSchoolCampaign as route } from '#shared/contract/routing/school-campaigns.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { toEtagHeader } from '#shared/workflows/catalog/record-version.ts'
import { requireOwnCampaign, toSchoolCampaign } from './to-school-campaign.ts'

type ReadSchoolCampaignDependencies = Pick<Dependencies, 'records' | 'routing' | 'now'>

/** Returns one campaign of the calling school. */
export async function readSchoolCampaign(
  { params, principal }: Request<typeof route>,
  deps: ReadSchoolCampaignDependencies,
): Promise<Reply<typeof route>> {
  const campaignRecord = await requireOwnCampaign(params.id, principal, deps)
  return {
    status: 200,
    headers: toEtagHeader(campaignRecord.version),
    body: await toSchoolCampaign(campaignRecord, deps),
  }
}

export const handler = defineHandler(route, readSchoolCampaign)
