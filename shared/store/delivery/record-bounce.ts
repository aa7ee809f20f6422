import * as z from 'zod'
import { isAcceptedByAny } from '../../domain/delivery/delivery.ts'
import type { Condition, Engine, Item, Row, Write } from '../engine/engine.ts'
import { ifSameVersion } from '../if-unchanged.ts'
import { dueEntry } from '../index-keys.ts'
import { attemptKey, deliveryKey, type Table } from '../keys.ts'
import { buildSaleReversal, chargeFields, ifChargesUnchanged } from '../reporting/ledger/charges.ts'
import { markRecountWrites } from '../reporting/recount-marks.ts'
import type { DeliveryWithAttempts } from './delivery-row.ts'
import { editFirstAttempt } from './first-attempt.ts'

/**
 * Marks an attempt as bounced. If no other attempt was accepted and the school has not opened the lead, the delivery no
 * longer counts as delivered, its charge and payout are reversed, and it is on hold until `dueAt`. One that the school got credit for stays as it is: it is paid
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
  const row = await engine.get({ in: 'leads', key: deliveryKey(deliveryId) })
  const charged = { ...delivery, ...chargedPart.parse(row ?? {}) }
  const reversal = isStillDelivered ? { add: {}, writes: [] } : buildSaleReversal(charged, at)
  const changes = isStillDelivered ? { when: ifSameVersion(delivery) } : undoDelivery(charged, reversal.add, dueAt)
  const outcome = await engine.transact([
    ...buildBounceWrites(row, { deliveryId, attemptNumber, at }, changes),
    ...reversal.writes,
    ...(isStillDelivered ? [] : markRecountWrites({ leadId, at })),
  ])
  if (!outcome.done) throw new Error('The delivery changed while its bounce was being recorded.')
}

type DeliveryChanges = { when: Condition; set?: Item; remove?: string[]; add?: { [name: string]: number } }

/** Marks the attempt where it is: in the row of the delivery, or in its own. */
function buildBounceWrites(
  row: Row | undefined,
  { deliveryId, attemptNumber, at }: { deliveryId: string; attemptNumber: number; at: string },
  changes: DeliveryChanges,
): Write<Table>[] {
  const change = deliveryKey(deliveryId)
  const firstAttempt = row && attemptNumber === 1 && editFirstAttempt(row, (fields) => ({ ...fields, bouncedAt: at }))
  if (firstAttempt) return [{ in: 'leads', change, ...changes, set: { ...changes.set, firstAttempt } }]
  const attemptChange = { change: attemptKey(deliveryId, attemptNumber), set: { bouncedAt: at } }
  return [
    { in: 'leads', ...attemptChange, when: { exists: true } },
    changes.remove ? { in: 'leads', change, ...changes } : { in: 'leads', check: change, when: changes.when },
  ]
}

/** A delivery that is due again already keeps its schedule. */
function undoDelivery(
  delivery: DeliveryWithAttempts & z.output<typeof chargedPart>,
  add: { [name: string]: number },
  dueAt: string,
): DeliveryChanges {
  const isUnread = { attribute: 'takenAt', is: 'absent' } as const
  const isUncredited = { attribute: 'returnedAt', is: 'absent' } as const
  const when = { all: [ifSameVersion(delivery), isUnread, isUncredited, ifChargesUnchanged(delivery)] }
  if (delivery.state !== 'delivered') return { when, remove: ['deliveredAt', 'deliveredBy'], add }
  const set = { state: 'parked', dueAt, ...dueEntry(delivery.deliveryId, dueAt) }
  return { when, set, remove: ['deliveredAt', 'deliveredBy', 'settledAt'], add }
}

const chargedPart = z.object(chargeFields)
