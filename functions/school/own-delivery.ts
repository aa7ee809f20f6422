import { Refusal } from '#shared/contract/problems.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { Erased, Kept } from '#shared/store/delivery/delivery-row.ts'

/** A delivery of the school that asks. Another school's is as absent as one that never was. @throws Refusal */
export async function ownDelivery(
  deliveryId: string,
  { schoolId }: { schoolId: string },
  { deliveries }: Pick<Dependencies, 'deliveries'>,
): Promise<Kept | Erased> {
  const found = await deliveries.find(deliveryId)
  if (found?.schoolId !== schoolId) throw new Refusal('NOT_FOUND', 'There is no delivery of that id.')
  return found
}
