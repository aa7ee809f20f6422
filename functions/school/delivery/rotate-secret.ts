import { rotateSecret as route } from '#shared/contract/delivery/secret-rotation.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { toActor } from '#shared/domain/access/actor.ts'
import { campaign } from '#shared/domain/routing/campaign.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { rotateCampaignSecret } from '#shared/workflows/delivery/rotate-campaign-secret.ts'

type RotateSecretDependencies = Pick<Dependencies, 'records'> & Parameters<typeof rotateCampaignSecret>[2]

/** Rotates the webhook secret of the school's own campaign. Another school's campaign is not found. */
export async function rotateSecret(
  request: Request<typeof route>,
  deps: RotateSecretDependencies,
): Promise<Reply<typeof route>> {
  const { campaignId, ...rotation } = request.body
  const campaignRecord = await deps.records.get('campaigns', campaignId)
  if (!campaignRecord || campaign.parse(campaignRecord.body).schoolId !== request.principal.schoolId)
    throw new Refusal('NOT_FOUND', 'Campaign not found.')
  const actor = toActor(request.principal)
  return { status: 201, body: await rotateCampaignSecret(campaignId, { ...rotation, actor }, deps) }
}

export const handler = defineHandler(route, rotateSecret)
