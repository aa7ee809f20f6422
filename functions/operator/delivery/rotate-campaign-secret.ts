import { rotateCampaignSecret as route } from '#shared/contract/delivery/secret-rotation.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { rotateCampaignSecret as rotate } from '#shared/workflows/delivery/rotate-campaign-secret.ts'

type RotateCampaignSecretDependencies = Pick<
  Dependencies,
  'records' | 'webhookSecrets' | 'sealer' | 'randomBytes' | 'now'
>

/** For a school that cannot do it itself. */
export async function rotateCampaignSecret(
  { params, body }: Request<typeof route>,
  deps: RotateCampaignSecretDependencies,
): Promise<Reply<typeof route>> {
  if (!(await deps.records.get('campaigns', params.id)))
    throw new Refusal('NOT_FOUND', 'There is none of the campaigns with that id.')
  return { status: 201, body: await rotate(params.id, body, deps) }
}

export const handler = defineHandler(route, rotateCampaignSecret)
