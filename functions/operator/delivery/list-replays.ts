import { listReplays as route } from '#shared/contract/delivery/replays.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { replyWithPage } from '#shared/http/lists.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { toReplayResponse } from './to-replay-response.ts'

type ListReplaysDependencies = Pick<Dependencies, 'replayJobs' | 'tokens' | 'now'>

/** Lists the replay jobs of the last 90 days, latest first. */
export async function listReplays(
  { query }: Request<typeof route>,
  deps: ListReplaysDependencies,
): Promise<Reply<typeof route>> {
  return replyWithPage('replays', { route, query }, deps, async (pageRequest) => {
    const { replays, ...rest } = await deps.replayJobs.list(pageRequest)
    return { ...rest, replays: replays.map(toReplayResponse) }
  })
}

export const handler = defineHandler(route, listReplays)
