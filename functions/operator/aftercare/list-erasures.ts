import { listErasures as route } from '#shared/contract/aftercare/erasures.ts'
import type { Reply } from '#shared/contract/route.ts'
import { type Request, serve } from '#shared/http/api.ts'
import { pageAsked, pageTold } from '#shared/http/lists.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { toldErasure } from './receipt-of.ts'

type Needs = Pick<Dependencies, 'erasures' | 'tokens' | 'now'>

/** Who was forgotten when is not told here, only that somebody was. */
export async function listErasures({ query }: Request<typeof route>, needs: Needs): Promise<Reply<typeof route>> {
  const { erasures, next } = await needs.erasures.list(await pageAsked('erasures', query, needs))
  const { page, headers } = await pageTold('erasures', { path: route.path, query, next }, needs)
  return { status: 200, headers, body: { erasures: erasures.map(toldErasure), page } }
}

export const handler = serve(route, listErasures)
