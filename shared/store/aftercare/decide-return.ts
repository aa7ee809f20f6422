import * as z from 'zod'
import { returnEnteredFrom } from '../../domain/aftercare/lead-return.ts'
import { type DeliveryState, deliveryState } from '../../domain/delivery/delivery.ts'
import { giveBackWrite } from '../capture/lead-parts.ts'
import type { Condition, Engine, Write } from '../engine/engine.ts'
import { returnEntry } from '../index-keys.ts'
import { deliveryKey, returnKey, type Table } from '../keys.ts'
import { plain } from '../rows.ts'

export type Decided = { decidedAt: string; decidedBy: { keyId: string; name: string }; answer?: string | undefined }

/** Gives a school its credit. `not-delivered`: its e-mail came back, and nothing is bought. */
export async function acceptReturn(
  engine: Engine<Table>,
  deliveryId: string,
  decided: Decided,
): Promise<'accepted' | 'left' | 'not-delivered' | 'busy'> {
  for (let turn = 0; turn < mostTurns; turn++) {
    const row = await engine.get({ in: 'leads', key: deliveryKey(deliveryId) })
    if (!row) return 'left'
    const { taken, state, deliveredAt, returnedAt } = boughtRow.parse(row)
    if (deliveredAt === undefined && returnedAt === undefined) return 'not-delivered'
    const told = notable(decided, state)
    const outcome = await engine.transact([
      decidedWrite(deliveryId, 'accepted', told),
      givenBackWrite(deliveryId, decided.decidedAt, told),
      ...taken.map(giveBackWrite),
    ])
    if (outcome.done) return 'accepted'
    if (outcome.refused[0] === 'condition') return 'left'
  }
  return 'busy'
}

/** Says no, and why. */
export async function refuseReturn(
  engine: Engine<Table>,
  deliveryId: string,
  decided: Decided,
): Promise<'refused' | 'left' | 'busy'> {
  for (let turn = 0; turn < mostTurns; turn++) {
    const row = await engine.get({ in: 'leads', key: deliveryKey(deliveryId) })
    if (!row) return 'left'
    const told = notable(decided, boughtRow.parse(row).state)
    const outcome = await engine.transact([
      decidedWrite(deliveryId, 'refused', told),
      { in: 'leads', check: deliveryKey(deliveryId), when: { all: [{ exists: true }, ...stillNotable(told)] } },
    ])
    if (outcome.done) return 'refused'
    if (outcome.refused[0] === 'condition') return 'left'
  }
  return 'busy'
}

// Each turn another transaction was at one of the counters, or the person was forgotten meanwhile.
const mostTurns = 5

// What would be noted of a person who was forgotten, would be kept.
export const unforgotten = {
  attribute: 'state',
  is: 'one-of',
  values: deliveryState.exclude(['erased']).options,
} as const

/** What may be kept of a decision: staff's own words may name a person. */
function notable({ answer, ...decided }: Decided, state: DeliveryState): Decided {
  return answer === undefined || state === 'erased' ? decided : { ...decided, answer }
}

function stillNotable({ answer }: Decided): Condition[] {
  return answer === undefined ? [] : [unforgotten]
}

/** Of two who decide at once, one finds that the other has. */
function decidedWrite(deliveryId: string, state: keyof typeof returnEnteredFrom, decided: Decided): Write<Table> {
  const set = { state, ...plain(decided), ...returnEntry({ deliveryId, state, at: decided.decidedAt }) }
  const when = { attribute: 'state', is: 'one-of', values: returnEnteredFrom[state] } as const
  return { in: 'leads', change: returnKey(deliveryId), set, when }
}

/**
 * From now on the delivery holds nothing of any counter: whatever becomes of it, nothing is given back a second time. An
 * e-mail that came back is no delivery: what it took is given back where that ends.
 */
function givenBackWrite(deliveryId: string, returnedAt: string, told: Decided): Write<Table> {
  const when: Condition = {
    all: [
      { attribute: 'deliveredAt', is: 'present' },
      { attribute: 'returnedAt', is: 'absent' },
      ...stillNotable(told),
    ],
  }
  return { in: 'leads', change: deliveryKey(deliveryId), set: { returnedAt, taken: [] }, when }
}

const boughtRow = z.object({
  state: deliveryState,
  deliveredAt: z.string().optional(),
  returnedAt: z.string().optional(),
  taken: z.array(z.object({ owner: z.string(), counter: z.string(), amount: z.number() })).default([]),
})
