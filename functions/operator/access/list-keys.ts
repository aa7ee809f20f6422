import { listKeys as route } from '#shared/contract/access/keys.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { replyWithPage } from '#shared/http/lists.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'

type ListKeysDependencies = Pick<Dependencies, 'keyRing' | 'tokens' | 'now'>

/** Lists API keys, including revoked and expired ones, without secrets. */
export async function listKeys(
  { query }: Request<typeof route>,
  deps: ListKeysDependencies,
): Promise<Reply<typeof route>> {
  return replyWithPage('keys', { route, query }, deps, deps.keyRing.list)
}

export const handler = defineHandler(route, listKeys)
