import { isAcceptedByAny } from '../../domain/delivery/delivery.ts'
import type { Condition, Engine, Item, Write } from '../engine/engine.ts'
import { ifSameVersion } from '../if-unchanged.ts'
import { dueEntry } from '../index-keys.ts'
import { attemptKey, deliveryKey, type Table } from '../keys.ts'
import { markRecountWrites } from '../reporting/recount-marks.ts'
import type { DeliveryWithAttempts } from './delivery-row.ts'
import { editFirstAttempt } from './first-attempt.ts'

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
  const changes = isStillDelivered ? { when: ifSameVersion(delivery) } : undoDelivery(delivery, dueAt)
  const outcome = await engine.transact([
    ...(await buildBounceWrites(engine, { deliveryId, attemptNumber, at }, changes)),
    ...(isStillDelivered ? [] : markRecountWrites({ leadId, at })),
  ])
  if (!outcome.done) throw new Error('The delivery changed while its bounce was being recorded.')
}

type DeliveryChanges = { when: Condition; set?: Item; remove?: string[] }

/** Marks the attempt where it is: in the row of the delivery, or in its own. */
async function buildBounceWrites(
  engine: Engine<Table>,
  { deliveryId, attemptNumber, at }: { deliveryId: string; attemptNumber: number; at: string },
  changes: DeliveryChanges,
): Promise<Write<Table>[]> {
  const change = deliveryKey(deliveryId)
  const row = attemptNumber === 1 ? await engine.get({ in: 'leads', key: change }) : undefined
  const firstAttempt = row && editFirstAttempt(row, (fields) => ({ ...fields, bouncedAt: at }))
  if (firstAttempt !== undefined) return [{ in: 'leads', change, ...changes, set: { ...changes.set, firstAttempt } }]
  const attemptChange = { change: attemptKey(deliveryId, attemptNumber), set: { bouncedAt: at } }
  return [
    { in: 'leads', ...attemptChange, when: { exists: true } },
    changes.remove ? { in: 'leads', change, ...changes } : { in: 'leads', check: change, when: changes.when },
  ]
}

/** A delivery that is due again already keeps its schedule. */
function undoDelivery(delivery: DeliveryWithAttempts, dueAt: string): DeliveryChanges {
  const isUnread = { attribute: 'takenAt', is: 'absent' } as const
  const isUncredited = { attribute: 'returnedAt', is: 'absent' } as const
  const when = { all: [ifSameVersion(delivery), isUnread, isUncredited] }
  if (delivery.state !== 'delivered') return { when, remove: ['deliveredAt', 'deliveredBy'] }
  const set = { state: 'parked', dueAt, ...dueEntry(delivery.deliveryId, dueAt) }
  return { when, set, remove: ['deliveredAt', 'deliveredBy', 'settledAt'] }
}
