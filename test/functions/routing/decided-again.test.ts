import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { decide, storedInputs } from '#shared/domain/routing/decide.ts'
import { decision } from '#shared/domain/routing/decision.ts'
import { unpack } from '#shared/store/packed.ts'
import { rowOf } from '#shared/store/rows.ts'
import type { Town } from '#test/functions/town.ts'
import { aMarket, deliverDue, later, rejectAt, visit } from './market.ts'

describe('a decision that is stored', () => {
  it('comes out byte for byte when its stored inputs are decided again', async () => {
    const town = await aMarket(
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
    rejectAt(town, 'birch')
    for (let number = 0; number < 12; number++) {
      leads.push((await visit(town, number % 9, { age: 16 + number }, { age: 30 })).receipt.leadId)
      await deliverDue(town)
      await later(town, 1800)
    }
    await later(town, 86_400)

    const stored = (await Promise.all(leads.map((leadId) => storedOf(town, leadId)))).flat()
    expect(stored.length).toBeGreaterThan(20)
    for (const one of stored) expect(written(decide(one.inputs))).toBe(one.text)

    // Had the inputs not been those, it would show.
    const others = stored.map(({ inputs, text }) => [written(decide({ ...inputs, counters: {} })), text])
    expect(others.some(([again, text]) => again !== text)).toBe(true)
    const reversed = stored.map(({ inputs }) => decide({ ...inputs, candidates: inputs.candidates.toReversed() }))
    expect(reversed.map(written)).toEqual(stored.map(({ text }) => text))
  })
})

/** Each decision on a lead, and what it was taken from. */
async function storedOf({ house }: Town, leadId: string) {
  const query = { in: 'leads', pk: `LEAD#${leadId}`, sk: { prefix: 'DECISION#' }, limit: 100 } as const
  const { items } = await house.engine.query(query)
  return items.map((row) => ({
    inputs: storedInputs.parse(unpack(z.object({ inputs: z.looseObject({}) }).parse(row).inputs)),
    text: written(row),
  }))
}

/** Rows and fresh decisions name their keys in different orders; here the contract's order holds for both. */
function written(value: unknown): string {
  return JSON.stringify(rowOf(decision).parse(value))
}
