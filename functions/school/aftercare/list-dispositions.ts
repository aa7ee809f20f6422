import { listDispositions as route } from '#shared/contract/aftercare/dispositions.ts'
import type { Reply } from '#shared/contract/route.ts'
import { hidesNotes, withoutNote } from '#shared/domain/aftercare/hide-notes.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { type ReadAccessDependencies, readDeliveryAccess } from '#shared/workflows/capture/read-access.ts'
import { requireOwnDelivery } from '../delivery/require-own-delivery.ts'

type ListDispositionsDependencies = Pick<Dependencies, 'deliveries' | 'dispositions'> & ReadAccessDependencies

/** Lists the dispositions of one of the school's leads, oldest first. */
export async function listDispositions(
  { params, principal }: Request<typeof route>,
  deps: ListDispositionsDependencies,
): Promise<Reply<typeof route>> {
  const delivery = await requireOwnDelivery(params.deliveryId, principal, deps)
  const { access } = await readDeliveryAccess({ kind: 'school', scope: principal.scope }, delivery, deps, {
    withNotes: true,
  })
  const dispositions = await deps.dispositions.list(delivery.deliveryId)
  return { status: 200, body: { dispositions: hidesNotes(access) ? dispositions.map(withoutNote) : dispositions } }
}

export const handler = defineHandler(route, listDispositions)
