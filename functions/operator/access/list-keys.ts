import { listKeys as route } from '#shared/contract/access/keys.ts'
import type { Reply } from '#shared/contract/route.ts'
import { type Request, serve } from '#shared/http/api.ts'
import { pageAsked, pageTold } from '#shared/http/lists.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'

type Needs = Pick<Dependencies, 'keyRing' | 'tokens' | 'now'>

/** Who may come in, and who might once: keys by what is known of them, never by what they are. */
export async function listKeys({ query }: Request<typeof route>, needs: Needs): Promise<Reply<typeof route>> {
  const { keys, next } = await needs.keyRing.list(await pageAsked('keys', query, needs))
  const { page, headers } = await pageTold('keys', { path: route.path, query, next }, needs)
  return { status: 200, headers, body: { keys, page } }
}

export const handler = serve(route, listKeys)
