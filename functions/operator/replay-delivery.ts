import { replayDelivery as route } from '#shared/contract/replays.ts'
import type { Reply } from '#shared/contract/route.ts'
import { type Request, serve } from '#shared/runtime/api.ts'
import type { Dependencies } from '#shared/runtime/dependencies.ts'
import { replayOnce } from '#shared/runtime/replay-once.ts'

type Needs = Pick<Dependencies, 'replays' | 'now' | 'fastPath' | 'log'>

/** Makes any delivery due at once; the sweeper brings it within seconds. */
export async function replayDelivery({ params }: Request<typeof route>, needs: Needs): Promise<Reply<typeof route>> {
  return { status: 202, body: await replayOnce(params, needs) }
}

export const handler = serve(route, replayDelivery)
