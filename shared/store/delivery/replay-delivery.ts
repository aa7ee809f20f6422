import * as z from 'zod'
import { bindingFault, toSchoolOwner } from '../../domain/delivery/binding.ts'
import {
  allowedPriorStates,
  type Delivery,
  type DeliveryState,
  deliveryState,
  isReturnedToRouting,
} from '../../domain/delivery/delivery.ts'
import { tally } from '../../domain/routing/caps.ts'
import { reserveWrite } from '../capture/lead-writes.ts'
import type { Engine, Item, Write } from '../engine/engine.ts'
import { ifInState } from '../if-unchanged.ts'
import { dueEntry } from '../index-keys.ts'
import { deliveryKey, type Table } from '../keys.ts'
import { markRecountWrites } from '../reporting/recount-marks.ts'
import { retryOnConflict } from '../retry-on-conflict.ts'
import { leadReceivedAt, rowBinding, showLease, storedReservation } from './delivery-row.ts'

/** `schoolOwner`: only if the delivery is listed under this owner name. `run`: set if a replay job asks. `also`: written with it. */
export type ReplayDeliveryRequest = {
  at: string
  schoolOwner?: string | undefined
  run?: ReplayRun
  also?: readonly Write<Table>[]
}
/** One run of a replay job. It skips deliveries that were replayed since it started, by itself or by others. */
export type ReplayRun = { name: string; startedAt: string; states: readonly DeliveryState[] }
/** `skipped`: not for this run. `cap-reached`: `counters` have no room for the delivery's reservations. */
export type ReplayResult =
  | ({ result: 'replayed' } & Pick<Delivery, 'schoolId' | 'state' | 'replays' | 'dueAt'>)
  | { result: 'not-found' | 'skipped' }
  | { result: 'not-replayable'; why: 'rejected' | 'erased' | 'withdrawn' | 'credited' | 'unbound' }
  | { result: 'cap-reached'; counters: string[] }

// Many requests for the same delivery at once must all be counted.
const maxAttempts = 20

/**
 * Makes a delivery due now with its whole retry schedule. During an attempt only the count rises; `settle` sees it and
 * leaves the delivery due. A dead delivery reserves its caps again in the same transaction, or nothing is written.
 */
export async function replayDelivery(
  engine: Engine<Table>,
  deliveryId: string,
  request: ReplayDeliveryRequest,
): Promise<ReplayResult | 'conflict'> {
  const { schoolOwner, run, also = [] } = request
  return retryOnConflict<ReplayResult>(maxAttempts, async () => {
    const row = await engine.get({ in: 'leads', key: deliveryKey(deliveryId) })
    const delivery = row && replayableRow.parse(showLease(row))
    if (!delivery || (schoolOwner !== undefined && schoolOwner !== toSchoolOwner(delivery)))
      return { result: 'not-found' }
    const { schoolId, state, replays, dueAt } = delivery
    if (run && delivery.replayedBy === run.name)
      return { result: 'replayed', schoolId, state, replays, ...(dueAt !== undefined && { dueAt }) }
    const isCreditBar = schoolOwner !== undefined || run !== undefined
    const why = findReplayBar(delivery, isCreditBar)
    if (why !== undefined) return { result: 'not-replayable', why }
    if (run && isSkipped(delivery, run)) return { result: 'skipped' }

    const reservations = state === 'dead' ? delivery.taken : []
    const { set, remove } = buildChanges(deliveryId, delivery, request)
    const outcome = await engine.transact([
      {
        in: 'leads',
        change: deliveryKey(deliveryId),
        set,
        remove,
        add: { replays: 1 },
        when: {
          all: [
            ifInState([state]),
            { attribute: 'replays', is: 'equal', value: replays },
            { attribute: 'withdrawnAt', is: 'absent' },
            ...(isCreditBar ? [{ attribute: 'returnedAt', is: 'absent' } as const] : []),
          ],
        },
      },
      ...reservations.map(reserveAgainWrite),
      ...also,
      ...markRecountWrites({ deliveryId, leadReceivedAt: delivery.leadReceivedAt, at: request.at }),
    ])
    if (outcome.done)
      return { result: 'replayed', schoolId, ...computeNextState(delivery, request), replays: replays + 1 }
    const fullCounters = reservations.filter((_, index) => outcome.refused[index + 1] === 'condition')
    if (outcome.refused[0] === undefined && fullCounters.length > 0)
      return { result: 'cap-reached', counters: fullCounters.map(({ owner, counter }) => `${counter} of ${owner}`) }
    return 'conflict'
  })
}

/** A credited lead is sent again only if staff ask for this one: its school has its money back. */
function findReplayBar(delivery: ReplayableDelivery, isCreditBar: boolean) {
  const { state, withdrawnAt, returnedAt } = delivery
  if (withdrawnAt !== undefined) return 'withdrawn'
  if (isCreditBar && returnedAt !== undefined) return 'credited'
  if (isReturnedToRouting(delivery)) return 'unbound'
  if (allowedPriorStates.pending.some((from) => from === state)) return undefined
  return state === 'erased' ? 'erased' : 'rejected'
}

function isSkipped({ state, replayedAt }: ReplayableDelivery, { startedAt, states }: ReplayRun): boolean {
  return !states.includes(state) || (replayedAt !== undefined && replayedAt >= startedAt)
}

function buildChanges(
  deliveryId: string,
  { state }: ReplayableDelivery,
  { at, run }: ReplayDeliveryRequest,
): { set: Item; remove: string[] } {
  const replayFields = { replayedAt: at, ...(run && { replayedBy: run.name }) }
  if (state === 'leased') return { set: replayFields, remove: [] }
  return {
    set: { ...replayFields, state: 'pending', dueAt: at, countedFailures: 0, ...dueEntry(deliveryId, at) },
    remove: ['unclearResponses', 'failingSince', 'settledAt', 'leaseToken'],
  }
}

function computeNextState(
  { state, dueAt }: ReplayableDelivery,
  { at }: ReplayDeliveryRequest,
): Pick<Delivery, 'state' | 'dueAt'> {
  return state === 'leased' ? { state, ...(dueAt !== undefined && { dueAt }) } : { state: 'pending', dueAt: at }
}

/** A tally counts turns of the rotation and is no cap, so it is never full. */
function reserveAgainWrite(reservation: z.output<typeof storedReservation>): Write<Table> {
  return reserveWrite(reservation.counter === tally ? { ...reservation, limit: Number.MAX_SAFE_INTEGER } : reservation)
}

const replayableRow = z.object({
  schoolId: z.string(),
  state: deliveryState,
  replays: z.int(),
  uncertain: z.boolean(),
  deliveredAt: z.string().optional(),
  binding: rowBinding,
  unbound: bindingFault.optional(),
  dueAt: z.string().optional(),
  replayedAt: z.string().optional(),
  replayedBy: z.string().optional(),
  withdrawnAt: z.string().optional(),
  returnedAt: z.string().optional(),
  taken: z.array(storedReservation),
  leadReceivedAt,
})
type ReplayableDelivery = z.output<typeof replayableRow>
