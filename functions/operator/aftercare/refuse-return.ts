import { refuseReturn as route } from '#shared/contract/aftercare/returns.ts'
import type { Reply } from '#shared/contract/route.ts'
import { type Request, serve } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { decidedReturn, decisionOn } from './decided-return.ts'

type Needs = Pick<Dependencies, 'returns' | 'deliveries' | 'keyRing' | 'now'>

/** The lead stays bought, and its school reads why. */
export async function refuseReturn(request: Request<typeof route>, needs: Needs): Promise<Reply<typeof route>> {
  const { deliveryId } = request.params
  const came = await needs.returns.refuse(deliveryId, await decisionOn(request, needs))
  return { status: 200, body: await decidedReturn(deliveryId, came, needs) }
}

export const handler = serve(route, refuseReturn)
