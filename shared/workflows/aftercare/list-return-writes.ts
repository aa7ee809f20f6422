import { toSchoolOwner } from '../../domain/delivery/binding.ts'
import { toSchoolHolderName } from '../../domain/reporting/notifications/notification.ts'
import type { Dependencies } from '../../platform/dependencies.ts'
import type { Write } from '../../store/engine/engine.ts'
import type { Table } from '../../store/keys.ts'
import { buildNotificationWrite } from '../../store/reporting/notifications.ts'
import { listPostbackWrites } from './list-postback-writes.ts'

type FoundDelivery = NonNullable<Awaited<ReturnType<Dependencies['deliveries']['find']>>>

/** Returns the writes that tell school and source of a decided return, for the transaction of the decision. */
export async function listReturnWrites(
  delivery: FoundDelivery,
  { decision, at }: { decision: 'accepted' | 'refused'; at: string },
  deps: Pick<Dependencies, 'records' | 'newId'>,
): Promise<Write<Table>[]> {
  const { deliveryId, schoolId, priceCents } = delivery
  const notification = buildNotificationWrite(toSchoolHolderName(toSchoolOwner(delivery)), {
    notificationId: deps.newId('notification'),
    event: 'return-decided',
    at,
    subject: { kind: 'deliveries', id: deliveryId },
    schoolId,
    figures: { decision, ...(decision === 'accepted' && { creditCents: priceCents }) },
  })
  if (decision === 'refused' || delivery.state === 'erased') return [notification]
  return [notification, ...(await listPostbackWrites(delivery, { cause: 'returned', at }, deps))]
}
