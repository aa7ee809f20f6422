import type { DeliveryState } from '../../domain/delivery/delivery.ts'
import { allowedPriorStates } from '../../domain/delivery/delivery.ts'
import { releaseReservationWrite } from '../capture/lead-writes.ts'
import type { Engine, Item, Write } from '../engine/engine.ts'
import { dueEntry, offerEntry } from '../index-keys.ts'
import { attemptKey, deliveryKey, leadKey, type Table } from '../keys.ts'
import { toItem } from '../rows.ts'
import type { Settlement } from './deliveries.ts'
import type { LeasedDelivery } from './delivery-row.ts'
import { releasePermitWrite } from './endpoint-health.ts'

// A slot that another has taken, a replay that was asked for: each turn knows one thing more.
const maxTurns = 5

/** Ends an attempt. `lost`: the lease ran out, and somebody else has the delivery. */
export async function settle(
  engine: Engine<Table>,
  lease: LeasedDelivery,
  settlement: Settlement,
): Promise<'settled' | 'lost' | 'busy'> {
  const { deliveryId, leaseToken, schoolId, permitNumber } = lease
  let { replays } = lease
  let outcomeToWrite = settlement
  let permitWrites = [releasePermitWrite({ schoolId, number: permitNumber }, leaseToken, settlement.permitFreeAt)]
  for (let attempt = 0; attempt < maxTurns; attempt++) {
    const outcome = await engine.transact([
      {
        in: 'leads',
        change: deliveryKey(deliveryId),
        ...buildChanges(lease, outcomeToWrite),
        when: {
          all: [
            { attribute: 'state', is: 'one-of', values: allowedPriorStates[outcomeToWrite.state] },
            { attribute: 'leaseToken', is: 'equal', value: leaseToken },
            { attribute: 'replays', is: 'equal', value: replays },
          ],
        },
      },
      { in: 'leads', put: { ...attemptKey(deliveryId, settlement.attempt.number), ...toItem(settlement.attempt) } },
      ...releaseWrites(lease, outcomeToWrite),
      ...permitWrites,
    ])
    if (outcome.done) return 'settled'
    if (outcome.refused.at(-1) === 'condition' && permitWrites.length > 0) permitWrites = []
    if (outcome.refused[0] === 'condition') {
      const row = await engine.get({ in: 'leads', key: deliveryKey(deliveryId) })
      if (row?.leaseToken !== leaseToken || typeof row.replays !== 'number' || row.replays === replays) return 'lost'
      replays = row.replays
      outcomeToWrite = { ...settlement, state: 'pending', dueAt: settlement.at, countedFailures: 0 }
    }
  }
  return 'busy'
}

function buildChanges(
  { deliveryId }: LeasedDelivery,
  { state, at, dueAt, ...progress }: Settlement,
): { set: Item; remove: string[] } {
  const { countedFailures, uncertain, failingSince, deliveredAt } = progress
  const progressFields = {
    countedFailures,
    uncertain,
    ...(failingSince && { failingSince }),
    ...(deliveredAt && { deliveredAt }),
  }
  const removedFields = failingSince ? [] : ['failingSince']
  return dueAt
    ? {
        set: { state, dueAt, ...progressFields, ...dueEntry(deliveryId, dueAt) },
        remove: ['leaseToken', ...removedFields],
      }
    : {
        set: { state, settledAt: at, ...progressFields },
        remove: ['leaseToken', 'dueAt', 'duePk', 'dueSk', 'sweeps', ...removedFields],
      }
}

/** Gives back what a delivery took from caps. A rejected lead goes to the next school; a dead one may have arrived. */
function releaseWrites(
  { leadId, taken }: LeasedDelivery,
  { state, at }: { state: DeliveryState; at: string },
): Write<Table>[] {
  if (state !== 'rejected' && state !== 'dead') return []
  const releases = taken.map(releaseReservationWrite)
  if (state === 'dead') return releases
  return [...releases, { in: 'leads', change: leadKey(leadId), set: offerEntry(leadId, at), when: { exists: true } }]
}
