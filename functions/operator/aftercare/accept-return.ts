import { acceptReturn as route } from '#shared/contract/aftercare/returns.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { type Request, serve } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { decidedReturn, decisionOn } from './decided-return.ts'

type Needs = Pick<Dependencies, 'returns' | 'deliveries' | 'keyRing' | 'now'>

/** The school gets its credit, and its caps count the lead no more. */
export async function acceptReturn(request: Request<typeof route>, needs: Needs): Promise<Reply<typeof route>> {
  const { deliveryId } = request.params
  const came = await needs.returns.accept(deliveryId, await decisionOn(request, needs))
  if (came === 'not-delivered')
    throw new Refusal('NOT_DELIVERED', 'Its e-mail came back: nothing is bought yet. Refuse it, or wait for delivery.')
  return { status: 200, body: await decidedReturn(deliveryId, came, needs) }
}

export const handler = serve(route, acceptReturn)
