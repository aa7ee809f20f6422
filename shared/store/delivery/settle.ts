import type { DeliveryState } from '../../domain/delivery/delivery.ts'
import { enteredFrom } from '../../domain/delivery/delivery.ts'
import { giveBackWrite } from '../capture/lead-parts.ts'
import type { Engine, Item, Write } from '../engine/engine.ts'
import { dueEntry, offerEntry } from '../index-keys.ts'
import { attemptKey, deliveryKey, leadKey, type Table } from '../keys.ts'
import { plain } from '../rows.ts'
import type { Settlement } from './deliveries.ts'
import type { Held } from './delivery-row.ts'
import { freeSlotWrite } from './lines.ts'

// A slot that another has taken, a replay that was asked for: each turn knows one thing more.
const mostTurns = 5

/** Ends an attempt. `lost`: the lease ran out, and somebody else has the delivery. */
export async function settle(
  engine: Engine<Table>,
  held: Held,
  settlement: Settlement,
): Promise<'settled' | 'lost' | 'busy'> {
  const { deliveryId, leaseToken, schoolId, slot } = held
  let { replays } = held
  let ends = settlement
  let slotWrites = [freeSlotWrite({ schoolId, number: slot }, leaseToken, settlement.slotFreeAt)]
  for (let turn = 0; turn < mostTurns; turn++) {
    const outcome = await engine.transact([
      {
        in: 'leads',
        change: deliveryKey(deliveryId),
        ...changesOf(held, ends),
        when: {
          all: [
            { attribute: 'state', is: 'one-of', values: enteredFrom[ends.state] },
            { attribute: 'leaseToken', is: 'equal', value: leaseToken },
            { attribute: 'replays', is: 'equal', value: replays },
          ],
        },
      },
      { in: 'leads', put: { ...attemptKey(deliveryId, settlement.attempt.number), ...plain(settlement.attempt) } },
      ...releaseWrites(held, ends),
      ...slotWrites,
    ])
    if (outcome.done) return 'settled'
    if (outcome.refused.at(-1) === 'condition' && slotWrites.length > 0) slotWrites = []
    if (outcome.refused[0] === 'condition') {
      const row = await engine.get({ in: 'leads', key: deliveryKey(deliveryId) })
      if (row?.leaseToken !== leaseToken || typeof row.replays !== 'number' || row.replays === replays) return 'lost'
      replays = row.replays
      ends = { ...settlement, state: 'pending', dueAt: settlement.at, charged: 0 }
    }
  }
  return 'busy'
}

function changesOf({ deliveryId }: Held, { state, at, dueAt, ...known }: Settlement): { set: Item; remove: string[] } {
  const { charged, uncertain, failingSince, deliveredAt } = known
  const learned = { charged, uncertain, ...(failingSince && { failingSince }), ...(deliveredAt && { deliveredAt }) }
  const calm = failingSince ? [] : ['failingSince']
  return dueAt
    ? { set: { state, dueAt, ...learned, ...dueEntry(deliveryId, dueAt) }, remove: ['leaseToken', ...calm] }
    : {
        set: { state, settledAt: at, ...learned },
        remove: ['leaseToken', 'dueAt', 'duePk', 'dueSk', 'sweeps', ...calm],
      }
}

/** Gives back what a delivery took from caps. A rejected lead goes to the next school; a dead one may have arrived. */
function releaseWrites({ leadId, taken }: Held, { state, at }: { state: DeliveryState; at: string }): Write<Table>[] {
  if (state !== 'rejected' && state !== 'dead') return []
  const refunds = taken.map(giveBackWrite)
  if (state === 'dead') return refunds
  return [...refunds, { in: 'leads', change: leadKey(leadId), set: offerEntry(leadId, at), when: { exists: true } }]
}
