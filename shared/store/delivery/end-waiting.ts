import type { Attempt } from '../../domain/delivery/delivery.ts'
import type { Engine } from '../engine/engine.ts'
import { ifLead, ifUnchanged } from '../if-unchanged.ts'
import { attemptKey, deliveryKey, leadKey, type Table } from '../keys.ts'
import { markRecountWrites } from '../reporting/recount-marks.ts'
import { toItem } from '../rows.ts'
import { type StoredDelivery, waitingAttributes } from './delivery-row.ts'

/**
 * Ends a delivery of a lead that waits and may have been sent already, as after a restore: it is not sent again. It stays
 * `delivered` if it was; otherwise it is dead and uncertain, and keeps its cap reservations. `attempt` says why. Returns false
 * if it has changed since it was read.
 */
export async function endUncertainDelivery(
  engine: Engine<Table>,
  delivery: StoredDelivery,
  attempt: Attempt,
): Promise<boolean> {
  const { deliveryId, leadId, leadReceivedAt, deliveredAt } = delivery
  const at = attempt.endedAt
  const state = deliveredAt === undefined ? 'dead' : 'delivered'
  const { done } = await engine.transact([
    {
      in: 'leads',
      change: deliveryKey(deliveryId),
      set: { state, settledAt: at, uncertain: true },
      add: { attempts: 1 },
      remove: [...waitingAttributes, 'failingSince'],
      when: { all: [ifUnchanged(delivery, state), ...ifLead] },
    },
    { in: 'leads', put: { ...attemptKey(deliveryId, attempt.number), ...toItem(attempt) } },
    ...markRecountWrites({ leadId, leadReceivedAt, at }),
  ])
  return done
}

/** Offers a lead to no further school. */
export async function endOffer(engine: Engine<Table>, leadId: string): Promise<void> {
  const remove = ['offerAt', 'duePk', 'dueSk']
  const when = { attribute: 'offerAt', is: 'present' } as const
  await engine.transact([{ in: 'leads', change: leadKey(leadId), remove, when }])
}
