import { listReplays as route } from '#shared/contract/delivery/replays.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { pageResponse, parsePageRequest } from '#shared/http/lists.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { toReplayResponse } from './to-replay-response.ts'

type ListReplaysDependencies = Pick<Dependencies, 'replays' | 'tokens' | 'now'>

/** The replays of the last months, latest first. */
export async function listReplays(
  { query }: Request<typeof route>,
  deps: ListReplaysDependencies,
): Promise<Reply<typeof route>> {
  const { replays, next } = await deps.replays.list(await parsePageRequest('replays', query, deps))
  const { page, headers } = await pageResponse('replays', { path: route.path, query, next }, deps)
  return { status: 200, headers, body: { replays: replays.map(toReplayResponse), page } }
}

export const handler = defineHandler(route, listReplays)
