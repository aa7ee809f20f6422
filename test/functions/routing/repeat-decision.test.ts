import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { decide, storedInputs } from '#shared/domain/routing/decide.ts'
import { decision } from '#shared/domain/routing/decision.ts'
import { packed, unpack } from '#shared/store/packed.ts'
import { toRowSchema } from '#shared/store/rows.ts'
import type { TestSystem } from '#test/functions/create-test-system.ts'
import { advanceTime, createTestMarket, deliverDue, setRejectingSchools, visit } from './create-test-market.ts'

describe('a stored decision', () => {
  it('is reproduced byte for byte from its stored inputs', async () => {
    const system = await createTestMarket(
      {
        alder: { campaign: { caps: [{ period: 'day', limit: 2, onReached: 'park' }] } },
        birch: { campaign: { sharing: 'hybrid', exclusiveMultiplier: 2, weight: 3 } },
        cedar: { campaign: { rules: { field: 'age', op: 'at-least', value: 21 } } },
        dogwood: { campaign: { hours: { open: [{ days: ['sunday'], from: '09:00', to: '17:00' }], outside: 'skip' } } },
        elm: { campaign: { fallback: true } },
      },
      { source: { method: 'weight', maxSales: 2 } },
    )
    const leads: string[] = []
    setRejectingSchools(system, 'birch')
    for (let number = 0; number < 12; number++) {
      leads.push((await visit(system, number % 9, { age: 16 + number }, { age: 30 })).receipt.leadId)
      await deliverDue(system)
      await advanceTime(system, 1800)
    }
    await advanceTime(system, 86_400)

    const storedDecisions = (await Promise.all(leads.map((leadId) => readStoredDecisions(system, leadId)))).flat()
    expect(storedDecisions.length).toBeGreaterThan(20)
    for (const one of storedDecisions) expect(toDecisionText(decide(one.inputs))).toBe(one.text)

    // Negative control: other counters give other decisions.
    const others = storedDecisions.map(({ inputs, text }) => [
      toDecisionText(decide({ ...inputs, counters: {} })),
      text,
    ])
    expect(others.some(([again, text]) => again !== text)).toBe(true)
    const reversed = storedDecisions.map(({ inputs }) =>
      decide({ ...inputs, candidates: inputs.candidates.toReversed() }),
    )
    expect(reversed.map(toDecisionText)).toEqual(storedDecisions.map(({ text }) => text))
  })
})

/** Returns each decision on a lead, with its inputs. */
async function readStoredDecisions({ api }: TestSystem, leadId: string) {
  const query = { in: 'leads', pk: `LEAD#${leadId}`, sk: { prefix: 'DECISION#' }, limit: 100 } as const
  const { items } = await api.engine.query(query)
  return items.map((row) => ({
    inputs: storedInputs.parse(unpack(z.object({ inputs: z.looseObject({}) }).parse(row).inputs)),
    text: toDecisionText(row),
  }))
}

/** Serializes a decision in the order of the contract, because rows have another order of keys. */
function toDecisionText(value: unknown): string {
  return JSON.stringify(
    toRowSchema(decision)
      .extend({ verdicts: packed(decision.shape.verdicts) })
      .parse(value),
  )
}
