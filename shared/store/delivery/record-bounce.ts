import { isAcceptedByAny } from '../../domain/delivery/delivery.ts'
import type { Engine, Write } from '../engine/engine.ts'
import { ifSameVersion } from '../if-unchanged.ts'
import { dueEntry } from '../index-keys.ts'
import { attemptKey, deliveryKey, type Table } from '../keys.ts'
import type { DeliveryWithAttempts } from './deliveries.ts'

/**
 * Notes that an attempt came back. Where its school has the lead by no other, the delivery is none: it waits until
 * `dueAt`, unless it is to be sent again anyway. @throws where others were at it meanwhile: it is to be told again.
 */
export async function recordBounce(
  engine: Engine<Table>,
  delivery: DeliveryWithAttempts,
  number: number,
  { at, dueAt }: { at: string; dueAt: string },
): Promise<void> {
  const { deliveryId, attemptLog } = delivery
  const isStillDelivered = isAcceptedByAny(attemptLog.filter((attempt) => attempt.number !== number))
  const outcome = await engine.transact([
    { in: 'leads', change: attemptKey(deliveryId, number), set: { bouncedAt: at }, when: { exists: true } },
    isStillDelivered
      ? { in: 'leads', check: deliveryKey(deliveryId), when: ifSameVersion(delivery) }
      : undoDeliveryWrite(delivery, dueAt),
  ])
  if (!outcome.done) throw new Error('Others were at the delivery while its e-mail came back.')
}

function undoDeliveryWrite(delivery: DeliveryWithAttempts, dueAt: string): Write<Table> {
  const { deliveryId, state } = delivery
  const change = { in: 'leads', change: deliveryKey(deliveryId), when: ifSameVersion(delivery) } as const
  if (state !== 'delivered') return { ...change, remove: ['deliveredAt'] }
  const set = { state: 'parked', dueAt, ...dueEntry(deliveryId, dueAt) }
  return { ...change, set, remove: ['deliveredAt', 'settledAt'] }
}
