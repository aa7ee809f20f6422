import { Refusal } from '#shared/contract/problems.ts'
import { toSchoolOwner } from '#shared/domain/delivery/binding.ts'
import type { Principal } from '#shared/http/authorize.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { ErasedDelivery, StoredDelivery } from '#shared/store/delivery/delivery-row.ts'
import { toPrincipalOwner } from '../to-principal-owner.ts'

/** Finds a delivery of the calling school. @throws Refusal if it does not exist or belongs to another school, which must look the same */
export async function requireOwnDelivery(
  deliveryId: string,
  principal: Pick<Principal<'school'>, 'schoolId' | 'generation'>,
  { deliveries }: Pick<Dependencies, 'deliveries'>,
): Promise<StoredDelivery | ErasedDelivery> {
  const delivery = await deliveries.find(deliveryId)
  if (!delivery || toSchoolOwner(delivery) !== toPrincipalOwner(principal))
    throw new Refusal('NOT_FOUND', 'Delivery not found.')
  return delivery
}
