import { readReplay as route } from '#shared/contract/delivery/replays.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { toReplayResponse } from './to-replay-response.ts'

type ReadReplayDependencies = Pick<Dependencies, 'replayJobs'>

/** Returns a replay job with its progress. */
export async function readReplay(
  { params }: Request<typeof route>,
  deps: ReadReplayDependencies,
): Promise<Reply<typeof route>> {
  const replay = await deps.replayJobs.find(params.replayId)
  if (!replay) throw new Refusal('NOT_FOUND', 'Replay not found.')
  return { status: 200, body: toReplayResponse(replay) }
}

export const handler = defineHandler(route, readReplay)
