import { replayDelivery as route } from '#shared/contract/delivery/replays.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { replayOneDelivery } from '#shared/workflows/delivery/replay-one-delivery.ts'

type ReplayDeliveryDependencies = Pick<Dependencies, 'deliveries' | 'now' | 'earlyQueue' | 'log'>

/** Makes any delivery due at once. */
export async function replayDelivery(
  { params }: Request<typeof route>,
  deps: ReplayDeliveryDependencies,
): Promise<Reply<typeof route>> {
  return { status: 202, body: await replayOneDelivery(params, deps) }
}

export const handler = defineHandler(route, replayDelivery)
