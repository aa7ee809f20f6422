import { toOwnerName } from '../../domain/catalog/generation.ts'
import { toSchoolOwner } from '../../domain/delivery/binding.ts'
import { leadCreated } from '../../domain/delivery/lead-created.ts'
import { toSchoolHolderName, toSourceHolderName } from '../../domain/reporting/notifications/notification.ts'
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
  const { deliveryId, schoolId, priceCents, payoutCents = 0 } = delivery
  const subject = { kind: 'deliveries', id: deliveryId } as const
  const notification = buildNotificationWrite(toSchoolHolderName(toSchoolOwner(delivery)), {
    notificationId: deps.newId('notification'),
    event: 'return-decided',
    at,
    subject,
    schoolId,
    figures: { decision, ...(decision === 'accepted' && { creditCents: priceCents }) },
  })
  if (decision === 'refused' || delivery.state === 'erased') return [notification]
  const sourceId = leadCreated.safeParse(JSON.parse(delivery.body)).data?.data.source.id
  const toSource =
    sourceId !== undefined && payoutCents > 0
      ? [
          buildNotificationWrite(
            toSourceHolderName(toOwnerName({ id: sourceId, generation: delivery.binding?.sourceGeneration })),
            {
              notificationId: deps.newId('notification'),
              event: 'return-decided',
              at,
              subject,
              figures: { decision, payoutCents },
            },
          ),
        ]
      : []
  return [notification, ...toSource, ...(await listPostbackWrites(delivery, { cause: 'returned', at }, deps))]
}
