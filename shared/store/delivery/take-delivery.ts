import type { Engine, Write } from '../engine/engine.ts'
import { ifLead, ifUnchanged } from '../if-unchanged.ts'
import { deliveryKey, type Table } from '../keys.ts'
import { buildSale, ifChargesUnchanged } from '../reporting/ledger/charges.ts'
import { markRecountWrites } from '../reporting/recount-marks.ts'
import { type StoredDelivery, waitingAttributes } from './delivery-row.ts'

/**
 * Settles a waiting delivery as delivered, charges it and pays its source, because its school opens the lead. Of an attempt whose lease has expired the
 * lease ends too, so that a late result is not written. `also`: the audit entry. Returns false if the delivery has changed since it was read.
 */
export async function takeDelivery(
  engine: Engine<Table>,
  delivery: StoredDelivery,
  { at, also }: { at: string; also: readonly Write<Table>[] },
): Promise<boolean> {
  const sale = buildSale(delivery, at)
  const { done } = await engine.transact([
    {
      in: 'leads',
      change: deliveryKey(delivery.deliveryId),
      set: { state: 'delivered', settledAt: at, deliveredAt: at, takenAt: at, ...sale.set },
      remove: [...waitingAttributes, 'failingSince'],
      when: {
        all: [
          ifUnchanged(delivery, 'delivered'),
          { attribute: 'deliveredAt', is: 'absent' },
          { attribute: 'withdrawnAt', is: 'absent' },
          { attribute: 'returnedAt', is: 'absent' },
          ifChargesUnchanged(delivery),
          ...ifLead,
        ],
      },
    },
    ...sale.writes,
    ...also,
    ...markRecountWrites({ leadId: delivery.leadId, leadReceivedAt: delivery.leadReceivedAt, at }),
  ])
  return done
}

/**
 * Records that the school has read a delivered lead, so that a later bounce does not undo its delivery. Returns false if
 * the lead is not delivered any more, or was recorded already.
 */
export async function recordReading(engine: Engine<Table>, deliveryId: string, at: string): Promise<boolean> {
  const { done } = await engine.transact([
    {
      in: 'leads',
      change: deliveryKey(deliveryId),
      set: { takenAt: at },
      when: {
        all: [
          { attribute: 'deliveredAt', is: 'present' },
          { attribute: 'takenAt', is: 'absent' },
          { attribute: 'withdrawnAt', is: 'absent' },
        ],
      },
    },
  ])
  return done
}
