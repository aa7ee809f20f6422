import { resendDelivery as route } from '#shared/contract/delivery/replays.ts'
import type { Reply } from '#shared/contract/route.ts'
import { type Request, serve } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { replayOnce } from '#shared/workflows/delivery/replay-once.ts'

type Needs = Pick<Dependencies, 'replays' | 'now' | 'fastPath' | 'log'>

/** A school has one of its own sent once more. Another school's is as absent as one that never was. */
export async function resendDelivery(request: Request<typeof route>, needs: Needs): Promise<Reply<typeof route>> {
  const { deliveryId } = request.params
  return { status: 202, body: await replayOnce({ deliveryId, whose: request.principal.schoolId }, needs) }
}

export const handler = serve(route, resendDelivery)
