import { listErasures as route } from '#shared/contract/aftercare/erasures.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { pageResponse, parsePageRequest } from '#shared/http/lists.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { toErasureResponse } from './get-erasure-receipt.ts'

type ListErasuresDependencies = Pick<Dependencies, 'erasures' | 'tokens' | 'now'>

/** Who was forgotten when is not told here, only that somebody was. */
export async function listErasures(
  { query }: Request<typeof route>,
  deps: ListErasuresDependencies,
): Promise<Reply<typeof route>> {
  const { erasures, next } = await deps.erasures.list(await parsePageRequest('erasures', query, deps))
  const { page, headers } = await pageResponse('erasures', { path: route.path, query, next }, deps)
  return { status: 200, headers, body: { erasures: erasures.map(toErasureResponse), page } }
}

export const handler = defineHandler(route, listErasures)
