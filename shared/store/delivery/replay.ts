import * as z from 'zod'
import { type Delivery, type DeliveryState, deliveryState, enteredFrom } from '../../domain/delivery/delivery.ts'
import { tally } from '../../domain/routing/caps.ts'
import { reserveWrite } from '../capture/lead-parts.ts'
import type { Engine, Item, Write } from '../engine/engine.ts'
import { dueEntry } from '../index-keys.ts'
import { deliveryKey, type Table } from '../keys.ts'

/** `whose`: the school that asks, for its own alone. `run`: where all that match are replayed. */
export type Asked = { at: string; whose?: string | undefined; run?: Run }
/** One run over all that match; it leaves alone what was replayed since it began, by itself or by others. */
export type Run = { name: string; startedAt: string; states: readonly DeliveryState[] }
/** `left`: not for this run. `final`: nobody may replay it. `full`: these counters have no room for it. */
export type Replayed =
  | ({ came: 'replayed' } & Pick<Delivery, 'schoolId' | 'state' | 'replays' | 'dueAt'>)
  | { came: 'absent' | 'left' | 'busy' }
  | { came: 'final'; state: DeliveryState }
  | { came: 'full'; counters: string[] }

// Of so many who ask for the same delivery at once, each is heard.
const mostTurns = 20

/**
 * Makes a delivery due now, as if nobody had tried it yet. While an attempt is under way it is only counted: whoever
 * settles sees the count, and leaves it due. What a dead one gave back to its caps is taken again, or nothing happens.
 */
export async function replay(engine: Engine<Table>, deliveryId: string, asked: Asked): Promise<Replayed> {
  for (let turn = 0; turn < mostTurns; turn++) {
    const found = await engine.get({ in: 'leads', key: deliveryKey(deliveryId) })
    const seen = found && replayedRow.parse(found)
    if (!seen || (asked.whose !== undefined && asked.whose !== seen.schoolId)) return { came: 'absent' }
    const { schoolId, state, replays, dueAt } = seen
    if (asked.run?.name !== undefined && seen.replayedBy === asked.run.name)
      return { came: 'replayed', schoolId, state, replays, ...(dueAt !== undefined && { dueAt }) }
    if (!enteredFrom.pending.some((from) => from === state)) return { came: 'final', state }
    if (asked.run && isLeft(seen, asked.run)) return { came: 'left' }

    const taking = state === 'dead' ? seen.taken : []
    const { set, remove } = changesOf(deliveryId, seen, asked)
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
      ...taking.map(takeAgainWrite),
    ])
    if (outcome.done) return { came: 'replayed', schoolId, ...stateAfter(seen, asked), replays: replays + 1 }
    const counters = taking.filter((_, at) => outcome.refused[at + 1] === 'condition')
    if (outcome.refused[0] === undefined && counters.length > 0)
      return { came: 'full', counters: counters.map(({ owner, counter }) => `${counter} of ${owner}`) }
  }
  return { came: 'busy' }
}

function isLeft({ state, replayedAt }: Seen, { startedAt, states }: Run): boolean {
  return !states.includes(state) || (replayedAt !== undefined && replayedAt >= startedAt)
}

function changesOf(deliveryId: string, { state }: Seen, { at, run }: Asked): { set: Item; remove: string[] } {
  const noted = { replayedAt: at, ...(run && { replayedBy: run.name }) }
  if (state === 'leased') return { set: noted, remove: [] }
  return {
    set: { ...noted, state: 'pending', dueAt: at, charged: 0, ...dueEntry(deliveryId, at) },
    remove: ['failingSince', 'settledAt', 'leaseToken'],
  }
}

function stateAfter({ state, dueAt }: Seen, { at }: Asked): Pick<Delivery, 'state' | 'dueAt'> {
  return state === 'leased' ? { state, ...(dueAt !== undefined && { dueAt }) } : { state: 'pending', dueAt: at }
}

/** A tally counts turns and is no cap: it has moved on since, and is never full. */
function takeAgainWrite(taken: Taken): Write<Table> {
  return reserveWrite(taken.counter === tally ? { ...taken, limit: Number.MAX_SAFE_INTEGER } : taken)
}

const taken = z.object({ owner: z.string(), counter: z.string(), amount: z.number(), limit: z.number() })
type Taken = z.output<typeof taken>
const replayedRow = z.object({
  schoolId: z.string(),
  state: deliveryState,
  replays: z.int(),
  dueAt: z.string().optional(),
  replayedAt: z.string().optional(),
  replayedBy: z.string().optional(),
  taken: z.array(taken),
})
type Seen = z.output<typeof replayedRow>
