import { listReturns as route } from '#shared/contract/aftercare/returns.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { replyWithPage } from '#shared/http/lists.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'

type ListReturnsDependencies = Pick<Dependencies, 'returns' | 'tokens' | 'now'>

/** Lists returns in one state: pending ones oldest first, decided ones latest first. */
export async function listReturns(
  { query }: Request<typeof route>,
  deps: ListReturnsDependencies,
): Promise<Reply<typeof route>> {
  const { state } = query
  return replyWithPage(`returns:${state}`, { route, query }, deps, (pageRequest) =>
    deps.returns.listByState(state, pageRequest),
  )
}

export const handler = defineHandler(route, listReturns)
