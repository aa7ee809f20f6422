import { toSchoolOwner } from '../../domain/delivery/binding.ts'
import type { AttemptVerdict } from '../../domain/delivery/classify-attempt.ts'
import { type Attempt, allowedPriorStates, type Delivery, type DeliveryState } from '../../domain/delivery/delivery.ts'
import { isNotice } from '../../domain/delivery/notice.ts'
import { buildMarkerReleases } from '../capture/dedupe-markers.ts'
import { releaseReservationWrite } from '../capture/lead-writes.ts'
import type { Engine, Item, Write } from '../engine/engine.ts'
import { ifInState } from '../if-unchanged.ts'
import { dueEntry, offerEntry } from '../index-keys.ts'
import { attemptKey, deliveryKey, leadKey, type Table } from '../keys.ts'
import { buildSale } from '../reporting/ledger/charges.ts'
import { markRecountWrites } from '../reporting/recount-marks.ts'
import { retryOnConflict } from '../retry-on-conflict.ts'
import { toItem } from '../rows.ts'
import { type LeasedDelivery, waitingAttributes } from './delivery-row.ts'
import { releasePermitWrite } from './endpoint-health-store.ts'
import { formatFirstAttempt } from './first-attempt.ts'

/** What an attempt changes: the fields of the delivery, the attempt itself, and when its permit is free again. */
export type Settlement = Omit<AttemptVerdict, 'finding' | 'outcome'> & {
  at: string
  /** Absent: its permit is left to expire. */
  permitFreeAt?: string
  attempt: Attempt
  /** The lead goes back to routing although the school did not reject it. Its dedupe markers are released. */
  offersAgain?: { personDigests: readonly string[] }
} & Pick<Delivery, 'unbound' | 'reroute'>

const maxAttempts = 5

/**
 * Ends a lease: writes the attempt, the new state, the charge and the payout, and releases a permit that has a row unless it is left to expire, which needs no transaction. A short first
 * attempt is in the row of the delivery, so that the usual one is a single write. A rejected lead gives its cap
 * reservations back and is offered again in the same transaction. If a replay was requested during the attempt, the
 * delivery is due at once; if consent was withdrawn meanwhile, it ends. Returns `lease-lost` if the lease has expired and
 * another deliverer has the delivery.
 */
export async function settle(
  engine: Engine<Table>,
  lease: LeasedDelivery,
  settlement: Settlement,
): Promise<'settled' | 'lease-lost' | 'conflict'> {
  const { leaseToken, permitNumber } = lease
  const { permitFreeAt } = settlement
  if (permitNumber === undefined || permitFreeAt === undefined) return writeSettlement(engine, lease, settlement)
  const permit = { schoolId: toSchoolOwner(lease), number: permitNumber }
  const release = releasePermitWrite(permit, { token: leaseToken, until: permitFreeAt })
  const [result] = await Promise.all([writeSettlement(engine, lease, settlement), engine.transact([release])])
  return result
}

async function writeSettlement(engine: Engine<Table>, lease: LeasedDelivery, settlement: Settlement) {
  const { deliveryId, leadId, leadReceivedAt, leaseToken } = lease
  const { attempt } = settlement
  const firstAttempt = formatFirstAttempt(attempt)
  let { replays } = lease
  let isWithdrawn = lease.withdrawnAt !== undefined
  let nextSettlement = isWithdrawn ? endWithdrawn(settlement) : settlement
  return retryOnConflict<'settled' | 'lease-lost'>(maxAttempts, async () => {
    const { set, remove, saleWrites } = buildChanges(lease, nextSettlement)
    const outcome = await engine.transact([
      {
        in: 'leads',
        change: deliveryKey(deliveryId),
        set: { ...set, ...(firstAttempt !== undefined && { firstAttempt }) },
        remove,
        ...(firstAttempt !== undefined && { unique: 'firstAttempt' }),
        when: {
          all: [
            ifInState(allowedPriorStates[nextSettlement.state]),
            { attribute: 'leaseToken', is: 'equal', value: leaseToken },
            { attribute: 'replays', is: 'equal', value: replays },
            { attribute: 'withdrawnAt', is: isWithdrawn ? 'present' : 'absent' },
          ],
        },
      },
      ...saleWrites,
      ...(firstAttempt === undefined
        ? [{ in: 'leads', put: { ...attemptKey(deliveryId, attempt.number), ...toItem(attempt) } } as const]
        : []),
      ...buildReleaseWrites(lease, nextSettlement, isWithdrawn),
      ...(await releaseMarkers(engine, lease, nextSettlement)),
      ...markRecountWrites({ leadId, leadReceivedAt, at: settlement.at }),
    ])
    if (outcome.done) return 'settled'
    if (outcome.refused[0] === 'condition') {
      const row = await engine.get({ in: 'leads', key: deliveryKey(deliveryId) })
      if (row?.leaseToken !== leaseToken || typeof row.replays !== 'number') return 'lease-lost'
      const wasWithdrawn = isWithdrawn
      isWithdrawn = row.withdrawnAt !== undefined
      if (row.replays === replays && wasWithdrawn === isWithdrawn) return 'lease-lost'
      if (row.replays !== replays)
        nextSettlement = {
          ...settlement,
          state: 'pending',
          dueAt: settlement.at,
          countedFailures: 0,
          unclearResponses: 0,
        }
      replays = row.replays
      if (isWithdrawn) nextSettlement = endWithdrawn(nextSettlement)
    }
    return 'conflict'
  })
}

/** Nothing is sent again once the person has withdrawn consent. */
function endWithdrawn({ dueAt, ...settlement }: Settlement): Settlement {
  if (dueAt === undefined) return settlement
  return { ...settlement, state: settlement.deliveredAt === undefined ? 'dead' : 'delivered' }
}

/** Without them the lead would count as a duplicate at another campaign of the same school. */
async function releaseMarkers(
  engine: Engine<Table>,
  lease: LeasedDelivery,
  { state, offersAgain }: Pick<Settlement, 'state' | 'offersAgain'>,
): Promise<Write<Table>[]> {
  if (state !== 'dead' || !offersAgain) return []
  return buildMarkerReleases(engine, lease.leadId, { scope: toSchoolOwner(lease), ...offersAgain })
}

function buildChanges(
  lease: LeasedDelivery,
  { state, at, dueAt, attempt, ...progress }: Settlement,
): { set: Item; remove: string[]; saleWrites: Write<Table>[] } {
  const { deliveryId, deliveredAt: earlierDeliveredAt } = lease
  const { countedFailures, unclearResponses = 0, uncertain, failingSince, deliveredAt, unbound, reroute } = progress
  const isFirstDelivery = deliveredAt !== undefined && earlierDeliveredAt === undefined
  const sale = isFirstDelivery ? buildSale(lease, deliveredAt) : { set: {}, writes: [] }
  const progressFields = {
    countedFailures,
    uncertain,
    ...(unclearResponses > 0 && { unclearResponses }),
    ...(failingSince && { failingSince }),
    ...(deliveredAt && { deliveredAt }),
    ...(isFirstDelivery && { deliveredBy: attempt.kind }),
    ...sale.set,
    ...(unbound && { unbound }),
    ...(reroute && { reroute }),
  }
  const removedFields = [
    ...(unclearResponses > 0 ? [] : ['unclearResponses']),
    ...(failingSince ? [] : ['failingSince']),
    ...(unbound ? [] : ['unbound']),
  ]
  return dueAt
    ? {
        set: { state, dueAt, ...progressFields, ...dueEntry(deliveryId, dueAt) },
        remove: ['leaseToken', 'leaseUntil', ...removedFields],
        saleWrites: sale.writes,
      }
    : {
        set: { state, settledAt: at, ...progressFields },
        remove: [...waitingAttributes, ...removedFields],
        saleWrites: sale.writes,
      }
}

/** A rejected lead is offered to the next school. A dead one is not if its school may have received it. */
function buildReleaseWrites(
  { leadId, taken: reservations, ...delivery }: LeasedDelivery,
  { state, at, offersAgain }: { state: DeliveryState; at: string; offersAgain?: object },
  isWithdrawn: boolean,
): Write<Table>[] {
  if (state !== 'rejected' && state !== 'dead') return []
  const releases = reservations.map(releaseReservationWrite)
  if ((state === 'dead' && !offersAgain) || isWithdrawn || isNotice(delivery)) return releases
  return [...releases, { in: 'leads', change: leadKey(leadId), set: offerEntry(leadId, at), when: { exists: true } }]
}
