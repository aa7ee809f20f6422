import { replayDelivery as route } from '#shared/contract/delivery/replays.ts'
import type { Reply } from '#shared/contract/route.ts'
import { toActor } from '#shared/domain/access/actor.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { replayOneDelivery } from '#shared/workflows/delivery/replay-one-delivery.ts'

type ReplayDeliveryDependencies = Parameters<typeof replayOneDelivery>[1]

/** Makes any delivery due at once. */
export async function replayDelivery(
  { params, principal }: Request<typeof route>,
  deps: ReplayDeliveryDependencies,
): Promise<Reply<typeof route>> {
  return { status: 202, body: await replayOneDelivery({ ...params, actor: toActor(principal) }, deps) }
}

export const handler = defineHandler(route, replayDelivery)
