import { listErasures as route } from '#shared/contract/aftercare/erasures.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { replyWithPage } from '#shared/http/lists.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { toErasureResponse } from './read-erasure.ts'

type ListErasuresDependencies = Pick<Dependencies, 'erasures' | 'tokens' | 'now'>

/** Lists all erasures, latest first, without the hashes by which their people are found. */
export async function listErasures(
  { query }: Request<typeof route>,
  deps: ListErasuresDependencies,
): Promise<Reply<typeof route>> {
  return replyWithPage('erasures', { route, query }, deps, async (pageRequest) => {
    const { erasures, ...rest } = await deps.erasures.list(pageRequest)
    return { ...rest, erasures: erasures.map(toErasureResponse) }
  })
}

export const handler = defineHandler(route, listErasures)
