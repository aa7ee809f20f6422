import { isAcceptedByAny } from '../../domain/delivery/delivery.ts'
import type { Engine, Write } from '../engine/engine.ts'
import { ifSameVersion } from '../if-unchanged.ts'
import { dueEntry } from '../index-keys.ts'
import { attemptKey, deliveryKey, type Table } from '../keys.ts'
import { markRecountWrites } from '../reporting/recount-marks.ts'
import type { DeliveryWithAttempts } from './delivery-row.ts'

/**
 * Marks an attempt as bounced. If no other attempt was accepted and the school has not opened the lead, the delivery no
 * longer counts as delivered and is on hold until `dueAt`. One that the school got credit for stays as it is: it is paid
 * back already, and would be sent again for free. @throws if the delivery changed meanwhile; the bounce event is then processed again.
 */
export async function recordBounce(
  engine: Engine<Table>,
  delivery: DeliveryWithAttempts,
  attemptNumber: number,
  { at, dueAt }: { at: string; dueAt: string },
): Promise<void> {
  const { deliveryId, leadId, attemptLog, takenAt, returnedAt } = delivery
  const isStillDelivered =
    takenAt !== undefined ||
    returnedAt !== undefined ||
    isAcceptedByAny(attemptLog.filter(({ number }) => number !== attemptNumber))
  const outcome = await engine.transact([
    { in: 'leads', change: attemptKey(deliveryId, attemptNumber), set: { bouncedAt: at }, when: { exists: true } },
    isStillDelivered
      ? { in: 'leads', check: deliveryKey(deliveryId), when: ifSameVersion(delivery) }
      : undoDeliveryWrite(delivery, dueAt),
    ...(isStillDelivered ? [] : markRecountWrites({ leadId, at })),
  ])
  if (!outcome.done) throw new Error('The delivery changed while its bounce was being recorded.')
}

/** A delivery that is due again already keeps its schedule. */
function undoDeliveryWrite(delivery: DeliveryWithAttempts, dueAt: string): Write<Table> {
  const { deliveryId, state } = delivery
  const isUnread = { attribute: 'takenAt', is: 'absent' } as const
  const isUncredited = { attribute: 'returnedAt', is: 'absent' } as const
  const when = { all: [ifSameVersion(delivery), isUnread, isUncredited] }
  const change = { in: 'leads', change: deliveryKey(deliveryId), when } as const
  if (state !== 'delivered') return { ...change, remove: ['deliveredAt', 'deliveredBy'] }
  const set = { state: 'parked', dueAt, ...dueEntry(deliveryId, dueAt) }
  return { ...change, set, remove: ['deliveredAt', 'deliveredBy', 'settledAt'] }
}
