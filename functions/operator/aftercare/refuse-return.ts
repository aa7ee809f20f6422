import { refuseReturn as route } from '#shared/contract/aftercare/returns.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { buildDecision, getDecidedReturn } from './get-decided-return.ts'

type RefuseReturnDependencies = Pick<Dependencies, 'returns' | 'deliveries' | 'keyRing' | 'now'>

/** The lead stays bought, and its school reads why. */
export async function refuseReturn(
  request: Request<typeof route>,
  deps: RefuseReturnDependencies,
): Promise<Reply<typeof route>> {
  const { deliveryId } = request.params
  const outcome = await deps.returns.refuse(deliveryId, await buildDecision(request, deps))
  return { status: 200, body: await getDecidedReturn(deliveryId, outcome, deps) }
}

export const handler = defineHandler(route, refuseReturn)
