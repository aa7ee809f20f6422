import { rotateCampaignSecret as route } from '#shared/contract/delivery/secret-rotation.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { toActor } from '#shared/domain/access/actor.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { rotateCampaignSecret as rotate } from '#shared/workflows/delivery/rotate-campaign-secret.ts'

type RotateCampaignSecretDependencies = Pick<Dependencies, 'records'> & Parameters<typeof rotate>[2]

/** Rotates the webhook secret of a school's campaign on its behalf. */
export async function rotateCampaignSecret(
  { params, body, principal }: Request<typeof route>,
  deps: RotateCampaignSecretDependencies,
): Promise<Reply<typeof route>> {
  if (!(await deps.records.get('campaigns', params.id))) throw new Refusal('NOT_FOUND', 'Campaign not found.')
  return { status: 201, body: await rotate(params.id, { ...body, actor: toActor(principal) }, deps) }
}

export const handler = defineHandler(route, rotateCampaignSecret)
