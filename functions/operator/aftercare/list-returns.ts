import { listReturns as route } from '#shared/contract/aftercare/returns.ts'
import type { Reply } from '#shared/contract/route.ts'
import { type Request, serve } from '#shared/http/api.ts'
import { pageAsked, pageTold } from '#shared/http/lists.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'

type Needs = Pick<Dependencies, 'returns' | 'tokens' | 'now'>

/** The returns that wait for somebody to decide, or what was decided. */
export async function listReturns({ query }: Request<typeof route>, needs: Needs): Promise<Reply<typeof route>> {
  const { state, ...asked } = query
  const list = `returns:${state}`
  const { returns, next } = await needs.returns.inState(state, await pageAsked(list, asked, needs))
  const { page, headers } = await pageTold(list, { path: route.path, query, next }, needs)
  return { status: 200, headers, body: { returns, page } }
}

export const handler = serve(route, listReturns)
