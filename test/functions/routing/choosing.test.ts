import { describe, expect, it } from 'vitest'
import { write } from '#test/functions/town.ts'
import { countersOf, deliveriesOf } from './ledger.ts'
import { aMarket, campaignOf, type Stall, takers, verdicts, visit } from './market.ts'

describe('sharing', () => {
  it('stops where an exclusive campaign is at the top: it has the lead alone', async () => {
    const town = await aMarket({ alder: { campaign: { sharing: 'exclusive' } }, birch: {} })
    const { receipt } = await visit(town, 1)
    expect(await verdicts(town, receipt.leadId)).toEqual({ alder: 'taken', birch: 'OUTRANKED' })
  })

  it('goes on without an exclusive campaign that is not at the top', async () => {
    const town = await aMarket({ alder: {}, birch: { campaign: { sharing: 'exclusive' } }, cedar: {} })
    expect(takers(await visit(town, 1))).toEqual(['alder', 'cedar'])
  })

  it.each([
    [3, ['alder'], 12_000],
    [1.5, ['alder', 'birch'], 4000],
  ])(
    'gives a hybrid at %d times its price the lead alone only where that is worth it',
    async (exclusiveMultiplier, schools, priceCents) => {
      const hybrid = { sharing: 'hybrid', exclusiveMultiplier, priceCents: 4000 }
      const town = await aMarket({ alder: { campaign: hybrid }, birch: { campaign: { priceCents: 5000 } } })
      expect(takers(await visit(town, 1))).toEqual(schools)
      expect((await deliveriesOf(town.house, 'alder'))[0]).toMatchObject({ priceCents })
    },
  )

  it('keeps to how many others a campaign will share with', async () => {
    const town = await aMarket({ alder: { campaign: { shareWith: 1 } }, birch: {}, cedar: {} })
    const { receipt } = await visit(town, 1)
    expect(await verdicts(town, receipt.leadId)).toEqual({ alder: 'taken', birch: 'taken', cedar: 'MAX_SALES_REACHED' })
  })

  it('sells a shared lead that has one taker', async () => {
    expect(takers(await visit(await aMarket({ alder: {} }), 1))).toEqual(['alder'])
  })

  it('stops at as many schools as the source allows', async () => {
    const town = await aMarket({ alder: {}, birch: {}, cedar: {} }, { source: { maxSales: 2 } })
    expect(takers(await visit(town, 1))).toEqual(['alder', 'birch'])
  })
})

describe('60 leads, each for one school', () => {
  it('by weight 1, 2 and 3 go out as 10, 20 and 30', async () => {
    expect(await shares('weight', { alder: weighing(1), birch: weighing(2), cedar: weighing(3) })).toEqual([10, 20, 30])
  })

  it('by round robin go out as 20 each, in strict turns', async () => {
    expect(await shares('round-robin', { alder: {}, birch: {}, cedar: {} })).toEqual([20, 20, 20])
  })

  it('by round robin go out as 20 each also where they come 12 at a time', async () => {
    expect(await shares('round-robin', { alder: {}, birch: {}, cedar: {} }, 12)).toEqual([20, 20, 20])
  })

  it('by price all go to the highest, by priority to the first', async () => {
    const prices = { alder: {}, birch: { campaign: { priceCents: 9000 } } }
    expect(await shares('price', prices)).toEqual([0, 60])
    expect(await shares('priority', prices)).toEqual([60, 0])
  })
})

describe('a campaign that is the fallback', () => {
  it('has only what no other takes', async () => {
    const town = await aMarket({ alder: { campaign: { fallback: true } }, birch: {} })
    expect(takers(await visit(town, 1))).toEqual(['birch'])
    await write(town.house, 'campaigns', 'birch', campaignOf('birch', { status: 'paused' }))
    expect(takers(await visit(town, 2))).toEqual(['alder'])
  })
})

const weighing = (weight: number) => ({ campaign: { weight } })

async function shares(method: string, stalls: { [schoolId: string]: Stall }, atOnce = 1) {
  const town = await aMarket(stalls, { source: { method, maxSales: 1 } })
  for (let number = 0; number < 60; number += atOnce)
    await Promise.all(Array.from({ length: atOnce }, (_, index) => visit(town, number + index)))
  const counts = await Promise.all(Object.keys(stalls).map((id) => deliveriesOf(town.house, id)))
  if (method === 'weight' || method === 'round-robin')
    for (const [at, id] of Object.keys(stalls).entries())
      expect((await countersOf(town.house, `campaigns#${id}`)).tally).toBe(counts[at]?.length)
  return counts.map(({ length }) => length)
}
