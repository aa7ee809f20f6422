import { listReplays as route } from '#shared/contract/delivery/replays.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { replyWithPage } from '#shared/http/lists.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { toReplayResponse } from './to-replay-response.ts'

type ListReplaysDependencies = Pick<Dependencies, 'replays' | 'tokens' | 'now'>

/** Lists the replays of the last months, latest first. */
export async function listReplays(
  { query }: Request<typeof route>,
  deps: ListReplaysDependencies,
): Promise<Reply<typeof route>> {
  return replyWithPage('replays', { route, query }, deps, async (pageRequest) => {
    const { replays, ...rest } = await deps.replays.list(pageRequest)
    return { ...rest, replays: replays.map(toReplayResponse) }
  })
}

export const handler = defineHandler(route, listReplays)
