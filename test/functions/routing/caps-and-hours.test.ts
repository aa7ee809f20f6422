import { describe, expect, it } from 'vitest'
import { putRecord } from '#test/functions/create-test-system.ts'
import {
  advanceTime,
  buildCampaign,
  createTestMarket,
  explainVerdicts,
  getReceiptSchoolIds,
  readDeliveryStates,
  readTimeline,
  readVerdicts,
  visit,
} from './create-test-market.ts'
import { listDeliveries, readCounters } from './stored-rows.ts'

const dailySkipCap = (limit: number, more: object = {}) => [{ period: 'day', limit, ...more }]

describe('a cap', () => {
  it('of a school counts leads of all its campaigns', async () => {
    const system = await createTestMarket({ alder: { school: { caps: dailySkipCap(2) } } })
    await putRecord(system.api, 'campaigns', 'alder-two', buildCampaign('alder', { priority: 0 }))
    const results = [await visit(system, 1), await visit(system, 2)].map(getReceiptSchoolIds)
    expect(results).toEqual([['alder'], ['alder']])
    await putRecord(system.api, 'campaigns', 'alder-two', buildCampaign('alder', { status: 'paused' }))
    expect((await visit(system, 3)).match.schools).toEqual([])
    expect(await readCounters(system.api, 'schools#alder')).toEqual({ 'leads-day#2026-11-23T06:00:00.000Z': 2 })
  })

  it('of a day ends at local midnight of the school, also when clocks go back', async () => {
    const school = { timeZone: 'America/New_York', caps: [] }
    const system = await createTestMarket({ alder: { school, campaign: { caps: dailySkipCap(1) } } })
    // 1 November 2026 begins at 04:00 UTC in New York and lasts 25 hours.
    system.api.clock.now = new Date('2026-11-01T04:00:00.000Z')
    expect(getReceiptSchoolIds(await visit(system, 1))).toEqual(['alder'])
    for (const [number, at] of ['2026-11-01T04:00:01Z', '2026-11-02T04:30:00Z', '2026-11-02T04:59:59.999Z'].entries()) {
      system.api.clock.now = new Date(at)
      expect(getReceiptSchoolIds(await visit(system, 10 + number))).toEqual([])
    }
    system.api.clock.now = new Date('2026-11-02T05:00:00.000Z')
    expect(getReceiptSchoolIds(await visit(system, 20))).toEqual(['alder'])
    expect(Object.keys(await readCounters(system.api, 'campaigns#alder'))).toEqual([
      'leads-day#2026-11-01T04:00:00.000Z',
      'leads-day#2026-11-02T05:00:00.000Z',
    ])
  })

  it('in cents refuses with CAP_SPEND when the budget is spent', async () => {
    const caps = [{ period: 'month', unit: 'cents', limit: 10_000 }]
    const system = await createTestMarket({ alder: { campaign: { caps, priceCents: 4500 } }, birch: {} })
    const three = [await visit(system, 1), await visit(system, 2), await visit(system, 3)]
    expect(three.map(getReceiptSchoolIds)).toEqual([['alder', 'birch'], ['alder', 'birch'], ['birch']])
    expect(Object.values(await readCounters(system.api, 'campaigns#alder'))).toEqual([9000])
    expect(await explainVerdicts(system)).toEqual({ alder: 'CAP_SPEND', birch: 'taken' })
  })

  it('with rules counts and stops only leads that match them', async () => {
    const caps = dailySkipCap(1, { rules: { field: 'military', op: 'equals', value: true } })
    const system = await createTestMarket({ alder: { campaign: { caps } } })
    const visitorFields = [true, false, true, false].map((military) => ({ military }))
    const results = []
    for (const [number, fields] of visitorFields.entries())
      results.push(getReceiptSchoolIds(await visit(system, number, {}, fields)).length)
    expect(results).toEqual([1, 1, 0, 1])
    expect(Object.values(await readCounters(system.api, 'campaigns#alder'))).toEqual([1])
  })

  it('with a fallback campaign sells to it only when the cap is reached', async () => {
    const fallback = { fallback: 'alder-reserve' }
    const system = await createTestMarket({
      alder: { campaign: { caps: dailySkipCap(1, { onReached: fallback }) } },
      birch: {},
    })
    await putRecord(
      system.api,
      'campaigns',
      'alder-reserve',
      buildCampaign('alder', { fallback: true, priceCents: 1000 }),
    )
    const first = await visit(system, 1)
    expect(await readVerdicts(system, first.receipt.leadId)).toMatchObject({
      alder: 'taken',
      'alder-reserve': 'OUTRANKED',
    })
    const second = await visit(system, 2)
    expect(await readVerdicts(system, second.receipt.leadId)).toMatchObject({
      alder: 'CAP_DAY',
      'alder-reserve': 'taken',
    })
    expect((await listDeliveries(system.api, 'alder')).map(({ priceCents }) => priceCents)).toEqual([4500, 1000])
  })
})

describe('hours', () => {
  // The test clock starts at 09:00 on a Monday in Chicago.
  const open = [{ days: ['tuesday'], from: '09:00', to: '17:00' }]

  it('park a lead until the next opening, in the time zone of the school', async () => {
    const school = { timeZone: 'America/Denver' }
    const system = await createTestMarket({ alder: { school, campaign: { hours: { open } } } })
    const { receipt } = await visit(system, 1)
    expect(receipt.outcome).toBe('accepted')
    const { deliveries } = await readTimeline(system, receipt.leadId)
    expect(deliveries[0]).toMatchObject({ state: 'parked', dueAt: '2026-11-24T16:00:00.000Z' })
    await advanceTime(system, 25 * 3600 - 1)
    expect(await readDeliveryStates(system, receipt.leadId)).toEqual({ alder: 'parked' })
    await advanceTime(system, 1)
    expect(await readDeliveryStates(system, receipt.leadId)).toEqual({ alder: 'delivered' })
  })

  it('refuse match and lead outside of them if set to skip', async () => {
    const system = await createTestMarket({ alder: { campaign: { hours: { open, outside: 'skip' } } }, birch: {} })
    expect((await visit(system, 1)).match.schools.map(({ schoolId }) => schoolId)).toEqual(['birch'])
    const { receipt } = await visit(system, 2)
    expect(await readVerdicts(system, receipt.leadId)).toMatchObject({ birch: 'taken' })
    system.api.advanceClock(86_400)
    expect(getReceiptSchoolIds(await visit(system, 3))).toEqual(['alder', 'birch'])
  })

  it('do not delay a delivery if set to deliver at any hour', async () => {
    const system = await createTestMarket({ alder: { campaign: { hours: { open, outside: 'deliver' } } } })
    const { receipt } = await visit(system, 1)
    await advanceTime(system, 0)
    expect(await readDeliveryStates(system, receipt.leadId)).toEqual({ alder: 'delivered' })
  })
})
