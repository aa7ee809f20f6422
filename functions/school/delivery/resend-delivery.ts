import { resendDelivery as route } from '#shared/contract/delivery/replays.ts'
import type { Reply } from '#shared/contract/route.ts'
import { toActor } from '#shared/domain/access/actor.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { replayOneDelivery } from '#shared/workflows/delivery/replay-one-delivery.ts'
import { toPrincipalOwner } from '../to-principal-owner.ts'

type ResendDeliveryDependencies = Parameters<typeof replayOneDelivery>[1]

/** Replays a delivery of the school. Another school's delivery is not found. */
export async function resendDelivery(
  request: Request<typeof route>,
  deps: ResendDeliveryDependencies,
): Promise<Reply<typeof route>> {
  const { params, principal } = request
  const target = { ...params, schoolOwner: toPrincipalOwner(principal), actor: toActor(principal) }
  return { status: 202, body: await replayOneDelivery(target, deps) }
}

export const handler = defineHandler(route, resendDelivery)
