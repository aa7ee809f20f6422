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
  it('stops where an exclusive campaign is at the top: it has the lead alone', async () => {
    const system = await createTestMarket({ alder: { campaign: { sharing: 'exclusive' } }, birch: {} })
    const { receipt } = await visit(system, 1)
    expect(await readVerdicts(system, receipt.leadId)).toEqual({ alder: 'taken', birch: 'OUTRANKED' })
  })

  it('goes on without an exclusive campaign that is not at the top', async () => {
    const system = await createTestMarket({ alder: {}, birch: { campaign: { sharing: 'exclusive' } }, cedar: {} })
    expect(getReceiptSchoolIds(await visit(system, 1))).toEqual(['alder', 'cedar'])
  })

  it.each([
    [3, ['alder'], 12_000],
    [1.5, ['alder', 'birch'], 4000],
  ])(
    'gives a hybrid at %d times its price the lead alone only where that is worth it',
    async (exclusiveMultiplier, schools, priceCents) => {
      const hybrid = { sharing: 'hybrid', exclusiveMultiplier, priceCents: 4000 }
      const system = await createTestMarket({ alder: { campaign: hybrid }, birch: { campaign: { priceCents: 5000 } } })
      expect(getReceiptSchoolIds(await visit(system, 1))).toEqual(schools)
      expect((await listDeliveries(system.api, 'alder'))[0]).toMatchObject({ priceCents })
    },
  )

  it('keeps to how many others a campaign will share with', async () => {
    const system = await createTestMarket({ alder: { campaign: { shareWith: 1 } }, birch: {}, cedar: {} })
    const { receipt } = await visit(system, 1)
    expect(await readVerdicts(system, receipt.leadId)).toEqual({
      alder: 'taken',
      birch: 'taken',
      cedar: 'MAX_SALES_REACHED',
    })
  })

  it('sells a shared lead that has one taker', async () => {
    expect(getReceiptSchoolIds(await visit(await createTestMarket({ alder: {} }), 1))).toEqual(['alder'])
  })

  it('stops at as many schools as the source allows', async () => {
    const system = await createTestMarket({ alder: {}, birch: {}, cedar: {} }, { source: { maxSales: 2 } })
    expect(getReceiptSchoolIds(await visit(system, 1))).toEqual(['alder', 'birch'])
  })
})

describe('60 leads, each for one school', () => {
  it('by weight 1, 2 and 3 go out as 10, 20 and 30', async () => {
    expect(await countShares('weight', { alder: withWeight(1), birch: withWeight(2), cedar: withWeight(3) })).toEqual([
      10, 20, 30,
    ])
  })

  it('by round robin go out as 20 each, in strict turns', async () => {
    expect(await countShares('round-robin', { alder: {}, birch: {}, cedar: {} })).toEqual([20, 20, 20])
  })

  it('by round robin go out as 20 each also where they come 12 at a time', async () => {
    expect(await countShares('round-robin', { alder: {}, birch: {}, cedar: {} }, 12)).toEqual([20, 20, 20])
  })

  it('by price all go to the highest, by priority to the first', async () => {
    const prices = { alder: {}, birch: { campaign: { priceCents: 9000 } } }
    expect(await countShares('price', prices)).toEqual([0, 60])
    expect(await countShares('priority', prices)).toEqual([60, 0])
  })
})

describe('a campaign that is the fallback', () => {
  it('has only what no other takes', async () => {
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
