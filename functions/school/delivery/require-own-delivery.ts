import { Refusal } from '#shared/contract/problems.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { ErasedDelivery, StoredDelivery } from '#shared/store/delivery/delivery-row.ts'

/** Finds a delivery of the calling school. @throws Refusal if it does not exist or belongs to another school, which must look the same */
export async function requireOwnDelivery(
  deliveryId: string,
  { schoolId }: { schoolId: string },
  { deliveries }: Pick<Dependencies, 'deliveries'>,
): Promise<StoredDelivery | ErasedDelivery> {
  const delivery = await deliveries.find(deliveryId)
  if (delivery?.schoolId !== schoolId) throw new Refusal('NOT_FOUND', 'Delivery not found.')
  return delivery
}
