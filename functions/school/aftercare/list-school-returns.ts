import { listSchoolReturns as route } from '#shared/contract/aftercare/returns.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { replyWithPage } from '#shared/http/lists.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { toSchoolReturn } from './to-school-return.ts'

type ListSchoolReturnsDependencies = Pick<Dependencies, 'returns' | 'tokens' | 'now'>

/** Lists the returns of the school that owns the API key, latest first. */
export async function listSchoolReturns(
  { query, principal: { schoolId } }: Request<typeof route>,
  deps: ListSchoolReturnsDependencies,
): Promise<Reply<typeof route>> {
  return replyWithPage(`returns:${schoolId}`, { route, query }, deps, async (pageRequest) => {
    const { returns, ...rest } = await deps.returns.listBySchool(schoolId, pageRequest)
    return { ...rest, returns: returns.map(toSchoolReturn) }
  })
}

export const handler = defineHandler(route, listSchoolReturns)
