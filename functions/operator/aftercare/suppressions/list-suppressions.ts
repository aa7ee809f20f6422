import { listSuppressions as route } from '#shared/contract/aftercare/suppressions.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { replyWithPage } from '#shared/http/lists.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'

/** Lists all suppressions, latest first, without anything that names their people. */
export async function listSuppressions(
  { query }: Request<typeof route>,
  deps: Pick<Dependencies, 'suppressions' | 'tokens' | 'now'>,
): Promise<Reply<typeof route>> {
  return replyWithPage('suppressions', { route, query }, deps, (pageRequest) => deps.suppressions.list(pageRequest))
}

export const handler = defineHandler(route, listSuppressions)
