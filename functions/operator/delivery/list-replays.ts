import { listReplays as route } from '#shared/contract/delivery/replays.ts'
import type { Reply } from '#shared/contract/route.ts'
import { type Request, serve } from '#shared/http/api.ts'
import { pageAsked, pageTold } from '#shared/http/lists.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { toldReplay } from './told-replay.ts'

type Needs = Pick<Dependencies, 'replays' | 'tokens' | 'now'>

/** The replays of the last months, latest first. */
export async function listReplays({ query }: Request<typeof route>, needs: Needs): Promise<Reply<typeof route>> {
  const { replays, next } = await needs.replays.list(await pageAsked('replays', query, needs))
  const { page, headers } = await pageTold('replays', { path: route.path, query, next }, needs)
  return { status: 200, headers, body: { replays: replays.map(toldReplay), page } }
}

export const handler = serve(route, listReplays)
