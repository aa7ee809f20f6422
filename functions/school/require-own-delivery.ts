import { Refusal } from '#shared/contract/problems.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { ErasedDelivery, StoredDelivery } from '#shared/store/delivery/delivery-row.ts'

/** A delivery of the school that asks. Another school's is as absent as one that never was. @throws Refusal */
export async function requireOwnDelivery(
  deliveryId: string,
  { schoolId }: { schoolId: string },
  { deliveries }: Pick<Dependencies, 'deliveries'>,
): Promise<StoredDelivery | ErasedDelivery> {
  const delivery = await deliveries.find(deliveryId)
  if (delivery?.schoolId !== schoolId) throw new Refusal('NOT_FOUND', 'There is no delivery of that id.')
  return delivery
}
