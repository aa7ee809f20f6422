import { listQuarantine as route } from '#shared/contract/capture/quarantine.ts'
import type { Reply } from '#shared/contract/route.ts'
import { type Request, serve } from '#shared/http/api.ts'
import { pageAsked, pageTold } from '#shared/http/lists.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'

type Needs = Pick<Dependencies, 'quarantine' | 'tokens' | 'now'>

/** The leads that wait for somebody to look at them, without anyone's contact details. */
export async function listQuarantine({ query }: Request<typeof route>, needs: Needs): Promise<Reply<typeof route>> {
  const { leads, next } = await needs.quarantine.list(await pageAsked('quarantine', query, needs))
  const { page, headers } = await pageTold('quarantine', { path: route.path, query, next }, needs)
  return { status: 200, headers, body: { leads, page } }
}

export const handler = serve(route, listQuarantine)
