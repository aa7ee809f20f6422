import { listKeys as route } from '#shared/contract/access/keys.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { pageResponse, parsePageRequest } from '#shared/http/lists.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'

type ListKeysDependencies = Pick<Dependencies, 'keyRing' | 'tokens' | 'now'>

/** Who may come in, and who might once: keys by what is known of them, never by what they are. */
export async function listKeys(
  { query }: Request<typeof route>,
  deps: ListKeysDependencies,
): Promise<Reply<typeof route>> {
  const { keys, next } = await deps.keyRing.list(await parsePageRequest('keys', query, deps))
  const { page, headers } = await pageResponse('keys', { path: route.path, query, next }, deps)
  return { status: 200, headers, body: { keys, page } }
}

export const handler = defineHandler(route, listKeys)
