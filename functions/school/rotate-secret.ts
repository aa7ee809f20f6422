import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { rotateSecret as route } from '#shared/contract/secret-rotation.ts'
import { campaign } from '#shared/domain/campaign.ts'
import { type Request, serve } from '#shared/runtime/api.ts'
import type { Dependencies } from '#shared/runtime/dependencies.ts'
import { rotateCampaignSecret } from '#shared/runtime/rotate-campaign-secret.ts'

type Needs = Pick<Dependencies, 'records' | 'webhookSecrets' | 'sealer' | 'randomBytes' | 'now'>

/** Another school's campaign is as absent as one that never was. */
export async function rotateSecret(request: Request<typeof route>, needs: Needs): Promise<Reply<typeof route>> {
  const { campaignId, ...rotation } = request.body
  const kept = await needs.records.get('campaigns', campaignId)
  if (!kept || campaign.parse(kept.body).schoolId !== request.principal.schoolId)
    throw new Refusal('NOT_FOUND', 'There is no campaign of that id.')
  return { status: 201, body: await rotateCampaignSecret(campaignId, rotation, needs) }
}

export const handler = serve(route, rotateSecret)
