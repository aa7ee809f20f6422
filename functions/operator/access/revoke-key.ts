import { revokeKey as route } from '#shared/contract/access/keys.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { type Request, serve } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'

type Needs = Pick<Dependencies, 'keyRing' | 'now'>

/** Keys are looked up at each request and cached nowhere, so the next request with this one is refused. */
export async function revokeKey({ params }: Request<typeof route>, needs: Needs): Promise<Reply<typeof route>> {
  const outcome = await needs.keyRing.revoke(params.keyId, needs.now().toISOString())
  if (outcome === 'absent') throw new Refusal('NOT_FOUND', 'There is no key of that id.')
  return { status: 204 }
}

export const handler = serve(route, revokeKey)
