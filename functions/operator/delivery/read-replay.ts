import { readReplay as route } from '#shared/contract/delivery/replays.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { type Request, serve } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { toldReplay } from './told-replay.ts'

type Needs = Pick<Dependencies, 'replays'>

/** How far a replay of all that match has come. */
export async function readReplay({ params }: Request<typeof route>, needs: Needs): Promise<Reply<typeof route>> {
  const found = await needs.replays.find(params.replayId)
  if (!found) throw new Refusal('NOT_FOUND', 'There is no replay of that id.')
  return { status: 200, body: toldReplay(found) }
}

export const handler = serve(route, readReplay)
