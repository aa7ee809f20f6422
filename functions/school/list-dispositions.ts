import { listDispositions as route } from '#shared/contract/aftercare/dispositions.ts'
import type { Reply } from '#shared/contract/route.ts'
import { type Request, serve } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { ownDelivery } from './own-delivery.ts'

type Needs = Pick<Dependencies, 'deliveries' | 'dispositions'>

/** What a school told of one of its leads. */
export async function listDispositions(
  { params, principal }: Request<typeof route>,
  needs: Needs,
): Promise<Reply<typeof route>> {
  const { deliveryId } = await ownDelivery(params.deliveryId, principal, needs)
  return { status: 200, body: { dispositions: await needs.dispositions.of(deliveryId) } }
}

export const handler = serve(route, listDispositions)
