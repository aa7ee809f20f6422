import { resendDelivery as route } from '#shared/contract/delivery/replays.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { replayOneDelivery } from '#shared/workflows/delivery/replay-one-delivery.ts'

type ResendDeliveryDependencies = Pick<Dependencies, 'deliveries' | 'now' | 'earlyQueue' | 'log'>

/** Replays a delivery of the school. Another school's delivery is not found. */
export async function resendDelivery(
  request: Request<typeof route>,
  deps: ResendDeliveryDependencies,
): Promise<Reply<typeof route>> {
  const { deliveryId } = request.params
  return { status: 202, body: await replayOneDelivery({ deliveryId, ownerSchoolId: request.principal.schoolId }, deps) }
}

export const handler = defineHandler(route, resendDelivery)
