import * as z from 'zod'
import { allowedPriorStates, type Delivery, type DeliveryState, deliveryState } from '../../domain/delivery/delivery.ts'
import { tally } from '../../domain/routing/caps.ts'
import { reserveWrite } from '../capture/lead-writes.ts'
import type { Engine, Item, Write } from '../engine/engine.ts'
import { dueEntry } from '../index-keys.ts'
import { deliveryKey, type Table } from '../keys.ts'

/** `whose`: the school that asks, for its own alone. `run`: where all that match are replayed. */
export type ReplayDeliveryRequest = { at: string; ownerSchoolId?: string | undefined; run?: ReplayRun }
/** One run over all that match; it leaves alone what was replayed since it began, by itself or by others. */
export type ReplayRun = { name: string; startedAt: string; states: readonly DeliveryState[] }
/** `left`: not for this run. `final`: nobody may replay it. `full`: these counters have no room for it. */
export type ReplayResult =
  | ({ result: 'replayed' } & Pick<Delivery, 'schoolId' | 'state' | 'replays' | 'dueAt'>)
  | { result: 'absent' | 'left' | 'busy' }
  | { result: 'final'; state: DeliveryState }
  | { result: 'full'; counters: string[] }

// Of so many who ask for the same delivery at once, each is heard.
const maxTurns = 20

/**
 * Makes a delivery due now, as if nobody had tried it yet. While an attempt is under way it is only counted: whoever
 * settles sees the count, and leaves it due. What a dead one gave back to its caps is taken again, or nothing happens.
 */
export async function replayDelivery(
  engine: Engine<Table>,
  deliveryId: string,
  request: ReplayDeliveryRequest,
): Promise<ReplayResult> {
  for (let attempt = 0; attempt < maxTurns; attempt++) {
    const row = await engine.get({ in: 'leads', key: deliveryKey(deliveryId) })
    const delivery = row && replayableRow.parse(row)
    if (!delivery || (request.ownerSchoolId !== undefined && request.ownerSchoolId !== delivery.schoolId))
      return { result: 'absent' }
    const { schoolId, state, replays, dueAt } = delivery
    if (request.run?.name !== undefined && delivery.replayedBy === request.run.name)
      return { result: 'replayed', schoolId, state, replays, ...(dueAt !== undefined && { dueAt }) }
    if (!allowedPriorStates.pending.some((from) => from === state)) return { result: 'final', state }
    if (request.run && isSkipped(delivery, request.run)) return { result: 'left' }

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
            { attribute: 'state', is: 'equal', value: state },
            { attribute: 'replays', is: 'equal', value: replays },
          ],
        },
      },
      ...reservations.map(reserveAgainWrite),
    ])
    if (outcome.done)
      return { result: 'replayed', schoolId, ...computeNextState(delivery, request), replays: replays + 1 }
    const counters = reservations.filter((_, index) => outcome.refused[index + 1] === 'condition')
    if (outcome.refused[0] === undefined && counters.length > 0)
      return { result: 'full', counters: counters.map(({ owner, counter }) => `${counter} of ${owner}`) }
  }
  return { result: 'busy' }
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
    remove: ['failingSince', 'settledAt', 'leaseToken'],
  }
}

function computeNextState(
  { state, dueAt }: ReplayableDelivery,
  { at }: ReplayDeliveryRequest,
): Pick<Delivery, 'state' | 'dueAt'> {
  return state === 'leased' ? { state, ...(dueAt !== undefined && { dueAt }) } : { state: 'pending', dueAt: at }
}

/** A tally counts turns and is no cap: it has moved on since, and is never full. */
function reserveAgainWrite(reservation: ReplayReservation): Write<Table> {
  return reserveWrite(reservation.counter === tally ? { ...reservation, limit: Number.MAX_SAFE_INTEGER } : reservation)
}

const replayReservation = z.object({ owner: z.string(), counter: z.string(), amount: z.number(), limit: z.number() })
type ReplayReservation = z.output<typeof replayReservation>
const replayableRow = z.object({
  schoolId: z.string(),
  state: deliveryState,
  replays: z.int(),
  dueAt: z.string().optional(),
  replayedAt: z.string().optional(),
  replayedBy: z.string().optional(),
  taken: z.array(replayReservation),
})
type ReplayableDelivery = z.output<typeof replayableRow>
