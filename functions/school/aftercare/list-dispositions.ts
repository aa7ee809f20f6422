import { listDispositions as route } from '#shared/contract/aftercare/dispositions.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { requireOwnDelivery } from '../delivery/require-own-delivery.ts'

type ListDispositionsDependencies = Pick<Dependencies, 'deliveries' | 'dispositions'>

/** Lists the dispositions of one of the school's leads, oldest first. */
export async function listDispositions(
  { params, principal }: Request<typeof route>,
  deps: ListDispositionsDependencies,
): Promise<Reply<typeof route>> {
  const { deliveryId } = await requireOwnDelivery(params.deliveryId, principal, deps)
  return { status: 200, body: { dispositions: await deps.dispositions.list(deliveryId) } }
}

export const handler = defineHandler(route, listDispositions)
