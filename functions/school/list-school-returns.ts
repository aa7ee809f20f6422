import { listSchoolReturns as route } from '#shared/contract/aftercare/returns.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { pageResponse, parsePageRequest } from '#shared/http/lists.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { toSchoolReturn } from './to-school-return.ts'

type ListSchoolReturnsDependencies = Pick<Dependencies, 'returns' | 'tokens' | 'now'>

/** What a school has asked credit for. Whose they are is told by the key alone. */
export async function listSchoolReturns(
  request: Request<typeof route>,
  deps: ListSchoolReturnsDependencies,
): Promise<Reply<typeof route>> {
  const { query, principal } = request
  const list = `returns:${principal.schoolId}`
  const { returns, next } = await deps.returns.listBySchool(
    principal.schoolId,
    await parsePageRequest(list, query, deps),
  )
  const { page, headers } = await pageResponse(list, { path: route.path, query, next }, deps)
  return { status: 200, headers, body: { returns: returns.map(toSchoolReturn), page } }
}

export const handler = defineHandler(route, listSchoolReturns)
