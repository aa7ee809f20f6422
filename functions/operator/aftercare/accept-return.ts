import { acceptReturn as route } from '#shared/contract/aftercare/returns.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { buildDecision, getDecidedReturn } from './get-decided-return.ts'

type AcceptReturnDependencies = Pick<Dependencies, 'returns' | 'deliveries' | 'keyRing' | 'now'>

/** The school gets its credit, and its caps count the lead no more. */
export async function acceptReturn(
  request: Request<typeof route>,
  deps: AcceptReturnDependencies,
): Promise<Reply<typeof route>> {
  const { deliveryId } = request.params
  const outcome = await deps.returns.accept(deliveryId, await buildDecision(request, deps))
  if (outcome === 'not-delivered')
    throw new Refusal('NOT_DELIVERED', 'Its e-mail came back: nothing is bought yet. Refuse it, or wait for delivery.')
  return { status: 200, body: await getDecidedReturn(deliveryId, outcome, deps) }
}

export const handler = defineHandler(route, acceptReturn)
