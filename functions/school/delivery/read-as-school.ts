import { isByEmail } from '#shared/domain/delivery/delivery.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { ErasedDelivery, StoredDelivery } from '#shared/store/delivery/delivery-row.ts'
import { conflictRefusal, retryOnConflict } from '#shared/store/retry-on-conflict.ts'
import {
  type DeliveryAccess,
  type ReadAccessDependencies,
  readDeliveryAccess,
} from '#shared/workflows/capture/read-access.ts'
import { requireOwnDelivery } from './require-own-delivery.ts'

export type ReadAsSchoolDependencies = Pick<Dependencies, 'deliveries' | 'certificates'> & ReadAccessDependencies
export type SchoolPrincipal = { schoolId: string; generation?: number | undefined; scope: 'read' | 'manage' }
type AnyDelivery = StoredDelivery | ErasedDelivery

const maxAttempts = 3

/**
 * Decides what a school may see of one of its leads. An email may bounce after it counted as delivered: that the school
 * has read the lead here is recorded first, so that what it reads is billed.
 */
export async function readAsSchool(
  delivery: AnyDelivery,
  principal: SchoolPrincipal,
  deps: ReadAsSchoolDependencies,
  options: { withNotes?: boolean } = {},
): Promise<DeliveryAccess & { delivery: AnyDelivery }> {
  const { deliveryId } = delivery
  let current = delivery
  const result = await retryOnConflict(maxAttempts, async () => {
    const deliveryAccess = await readDeliveryAccess({ kind: 'school', scope: principal.scope }, current, deps, options)
    const mayBounce = isByEmail(current.deliveredBy) && current.takenAt === undefined
    if (deliveryAccess.access.view !== 'full' || !mayBounce) return { ...deliveryAccess, delivery: current }
    const at = deps.now().toISOString()
    if (await deps.deliveries.recordReading(deliveryId, at))
      return { ...deliveryAccess, delivery: { ...current, takenAt: at } }
    current = await requireOwnDelivery(deliveryId, principal, deps)
    return 'conflict'
  })
  if (result === 'conflict') throw conflictRefusal()
  return result
}
