import { replayDelivery as route } from '#shared/contract/delivery/replays.ts'
import type { Reply } from '#shared/contract/route.ts'
import { type Request, serve } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { replayOnce } from '#shared/workflows/delivery/replay-once.ts'

type Needs = Pick<Dependencies, 'replays' | 'now' | 'fastPath' | 'log'>

/** Makes any delivery due at once; the sweeper brings it within seconds. */
export async function replayDelivery({ params }: Request<typeof route>, needs: Needs): Promise<Reply<typeof route>> {
  return { status: 202, body: await replayOnce(params, needs) }
}

export const handler = serve(route, replayDelivery)
