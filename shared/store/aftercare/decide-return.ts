import * as z from 'zod'
import { returnPriorStates } from '../../domain/aftercare/lead-return.ts'
import { type DeliveryState, deliveryState } from '../../domain/delivery/delivery.ts'
import { releaseReservationWrite } from '../capture/lead-writes.ts'
import type { Condition, Engine, Write } from '../engine/engine.ts'
import { returnEntry } from '../index-keys.ts'
import { deliveryKey, returnKey, type Table } from '../keys.ts'
import { toItem } from '../rows.ts'

export type ReturnDecision = {
  decidedAt: string
  decidedBy: { keyId: string; name: string }
  answer?: string | undefined
}

/** Gives a school its credit. `not-delivered`: its e-mail came back, and nothing is bought. */
export async function acceptReturn(
  engine: Engine<Table>,
  deliveryId: string,
  decision: ReturnDecision,
): Promise<'accepted' | 'left' | 'not-delivered' | 'busy'> {
  for (let turn = 0; turn < maxTurns; turn++) {
    const row = await engine.get({ in: 'leads', key: deliveryKey(deliveryId) })
    if (!row) return 'left'
    const { taken: reservations, state, deliveredAt, returnedAt } = soldDeliveryRow.parse(row)
    if (deliveredAt === undefined && returnedAt === undefined) return 'not-delivered'
    const storedDecision = redactDecision(decision, state)
    const outcome = await engine.transact([
      buildDecisionWrite(deliveryId, 'accepted', storedDecision),
      buildReturnedWrite(deliveryId, decision.decidedAt, storedDecision),
      ...reservations.map(releaseReservationWrite),
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
  decision: ReturnDecision,
): Promise<'refused' | 'left' | 'busy'> {
  for (let turn = 0; turn < maxTurns; turn++) {
    const row = await engine.get({ in: 'leads', key: deliveryKey(deliveryId) })
    if (!row) return 'left'
    const storedDecision = redactDecision(decision, soldDeliveryRow.parse(row).state)
    const outcome = await engine.transact([
      buildDecisionWrite(deliveryId, 'refused', storedDecision),
      {
        in: 'leads',
        check: deliveryKey(deliveryId),
        when: { all: [{ exists: true }, ...ifAnswerAllowed(storedDecision)] },
      },
    ])
    if (outcome.done) return 'refused'
    if (outcome.refused[0] === 'condition') return 'left'
  }
  return 'busy'
}

// Each turn another transaction was at one of the counters, or the person was forgotten meanwhile.
const maxTurns = 5

// What would be noted of a person who was forgotten, would be kept.
export const notErased = {
  attribute: 'state',
  is: 'one-of',
  values: deliveryState.exclude(['erased']).options,
} as const

/** What may be kept of a decision: staff's own words may name a person. */
function redactDecision({ answer, ...decision }: ReturnDecision, state: DeliveryState): ReturnDecision {
  return answer === undefined || state === 'erased' ? decision : { ...decision, answer }
}

function ifAnswerAllowed({ answer }: ReturnDecision): Condition[] {
  return answer === undefined ? [] : [notErased]
}

/** Of two who decide at once, one finds that the other has. */
function buildDecisionWrite(
  deliveryId: string,
  state: keyof typeof returnPriorStates,
  decision: ReturnDecision,
): Write<Table> {
  const set = { state, ...toItem(decision), ...returnEntry({ deliveryId, state, at: decision.decidedAt }) }
  const when = { attribute: 'state', is: 'one-of', values: returnPriorStates[state] } as const
  return { in: 'leads', change: returnKey(deliveryId), set, when }
}

/**
 * From now on the delivery holds nothing of any counter: whatever becomes of it, nothing is given back a second time. An
 * e-mail that came back is no delivery: what it took is given back where that ends.
 */
function buildReturnedWrite(deliveryId: string, returnedAt: string, decision: ReturnDecision): Write<Table> {
  const when: Condition = {
    all: [
      { attribute: 'deliveredAt', is: 'present' },
      { attribute: 'returnedAt', is: 'absent' },
      ...ifAnswerAllowed(decision),
    ],
  }
  return { in: 'leads', change: deliveryKey(deliveryId), set: { returnedAt, taken: [] }, when }
}

const soldDeliveryRow = z.object({
  state: deliveryState,
  deliveredAt: z.string().optional(),
  returnedAt: z.string().optional(),
  taken: z.array(z.object({ owner: z.string(), counter: z.string(), amount: z.number() })).default([]),
})
