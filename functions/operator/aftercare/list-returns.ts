import { listReturns as route } from '#shared/contract/aftercare/returns.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { pageResponse, parsePageRequest } from '#shared/http/lists.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'

type ListReturnsDependencies = Pick<Dependencies, 'returns' | 'tokens' | 'now'>

/** The returns that wait for somebody to decide, or what was decided. */
export async function listReturns(
  { query }: Request<typeof route>,
  deps: ListReturnsDependencies,
): Promise<Reply<typeof route>> {
  const { state, ...pageQuery } = query
  const list = `returns:${state}`
  const { returns, next } = await deps.returns.listByState(state, await parsePageRequest(list, pageQuery, deps))
  const { page, headers } = await pageResponse(list, { path: route.path, query, next }, deps)
  return { status: 200, headers, body: { returns, page } }
}

export const handler = defineHandler(route, listReturns)
