import { describe, expect, it } from 'vitest'
import { putRecord } from '#test/functions/create-test-system.ts'
import {
  buildCampaign,
  createTestMarket,
  getReceiptSchoolIds,
  readVerdicts,
  type SchoolSpec,
  visit,
} from './create-test-market.ts'
import { listDeliveries, readCounters } from './stored-rows.ts'

describe('sharing', () => {
  it('ends at an exclusive campaign that ranks first', async () => {
    const system = await createTestMarket({ alder: { campaign: { sharing: 'exclusive' } }, birch: {} })
    const { receipt } = await visit(system, 1)
    expect(await readVerdicts(system, receipt.leadId)).toEqual({ alder: 'taken', birch: 'OUTRANKED' })
  })

  it('skips an exclusive campaign that does not rank first', async () => {
    const system = await createTestMarket({ alder: {}, birch: { campaign: { sharing: 'exclusive' } }, cedar: {} })
    expect(getReceiptSchoolIds(await visit(system, 1))).toEqual(['alder', 'cedar'])
  })

  it.each([
    [3, ['alder'], 12_000],
    [1.5, ['alder', 'birch'], 4000],
  ])(
    'sells exclusively to a hybrid at %d times its price only if that brings more',
    async (exclusiveMultiplier, schools, priceCents) => {
      const hybrid = { sharing: 'hybrid', exclusiveMultiplier, priceCents: 4000 }
      const system = await createTestMarket({ alder: { campaign: hybrid }, birch: { campaign: { priceCents: 5000 } } })
      expect(getReceiptSchoolIds(await visit(system, 1))).toEqual(schools)
      expect((await listDeliveries(system.api, 'alder'))[0]).toMatchObject({ priceCents })
    },
  )

  it('respects the sharing limit of a campaign', async () => {
    const system = await createTestMarket({ alder: { campaign: { shareWith: 1 } }, birch: {}, cedar: {} })
    const { receipt } = await visit(system, 1)
    expect(await readVerdicts(system, receipt.leadId)).toEqual({
      alder: 'taken',
      birch: 'taken',
      cedar: 'MAX_SALES_REACHED',
    })
  })

  it('sells a shared lead to a single buyer', async () => {
    expect(getReceiptSchoolIds(await visit(await createTestMarket({ alder: {} }), 1))).toEqual(['alder'])
  })

  it('stops at as many schools as the source allows', async () => {
    const system = await createTestMarket({ alder: {}, birch: {}, cedar: {} }, { source: { maxSales: 2 } })
    expect(getReceiptSchoolIds(await visit(system, 1))).toEqual(['alder', 'birch'])
  })
})

describe('60 leads, each for one school', () => {
  it('are sold as 10, 20 and 30 by the weights 1, 2 and 3', async () => {
    expect(await countShares('weight', { alder: withWeight(1), birch: withWeight(2), cedar: withWeight(3) })).toEqual([
      10, 20, 30,
    ])
  })

  it('are sold as 20 each by round robin', async () => {
    expect(await countShares('round-robin', { alder: {}, birch: {}, cedar: {} })).toEqual([20, 20, 20])
  })

  it('are sold as 20 each by round robin, also 12 at a time', async () => {
    expect(await countShares('round-robin', { alder: {}, birch: {}, cedar: {} }, 12)).toEqual([20, 20, 20])
  })

  it('are all sold to the highest price or the first priority', async () => {
    const prices = { alder: {}, birch: { campaign: { priceCents: 9000 } } }
    expect(await countShares('price', prices)).toEqual([0, 60])
    expect(await countShares('priority', prices)).toEqual([60, 0])
  })
})

describe('a fallback campaign', () => {
  it('buys only leads that no other campaign buys', async () => {
    const system = await createTestMarket({ alder: { campaign: { fallback: true } }, birch: {} })
    expect(getReceiptSchoolIds(await visit(system, 1))).toEqual(['birch'])
    await putRecord(system.api, 'campaigns', 'birch', buildCampaign('birch', { status: 'paused' }))
    expect(getReceiptSchoolIds(await visit(system, 2))).toEqual(['alder'])
  })
})

const withWeight = (weight: number) => ({ campaign: { weight } })

async function countShares(method: string, schoolSpecs: { [schoolId: string]: SchoolSpec }, atOnce = 1) {
  const system = await createTestMarket(schoolSpecs, { source: { method, maxSales: 1 } })
  for (let number = 0; number < 60; number += atOnce)
    await Promise.all(Array.from({ length: atOnce }, (_, index) => visit(system, number + index)))
  const counts = await Promise.all(Object.keys(schoolSpecs).map((id) => listDeliveries(system.api, id)))
  if (method === 'weight' || method === 'round-robin')
    for (const [at, id] of Object.keys(schoolSpecs).entries())
      expect((await readCounters(system.api, `campaigns#${id}`)).tally).toBe(counts[at]?.length)
  return counts.map(({ length }) => length)
}
