import { listSchoolReturns as route } from '#shared/contract/aftercare/returns.ts'
import type { Reply } from '#shared/contract/route.ts'
import { type Request, serve } from '#shared/http/api.ts'
import { pageAsked, pageTold } from '#shared/http/lists.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { toldReturn } from './told-return.ts'

type Needs = Pick<Dependencies, 'returns' | 'tokens' | 'now'>

/** What a school has asked credit for. Whose they are is told by the key alone. */
export async function listSchoolReturns(request: Request<typeof route>, needs: Needs): Promise<Reply<typeof route>> {
  const { query, principal } = request
  const list = `returns:${principal.schoolId}`
  const { returns, next } = await needs.returns.ofSchool(principal.schoolId, await pageAsked(list, query, needs))
  const { page, headers } = await pageTold(list, { path: route.path, query, next }, needs)
  return { status: 200, headers, body: { returns: returns.map(toldReturn), page } }
}

export const handler = serve(route, listSchoolReturns)
