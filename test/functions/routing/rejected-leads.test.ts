import { describe, expect, it } from 'vitest'
import { leadTimeline } from '#shared/contract/capture/leads.ts'
import {
  advanceTime,
  createTestMarket,
  deliverDue,
  failAllDeliveries,
  getReceiptSchoolIds,
  readDeliveryStates,
  readTimeline,
  readVerdicts,
  setRejectingSchools,
  visit,
} from './create-test-market.ts'
import { readCounters } from './stored-rows.ts'

const day = 86_400
const createFullCampaign = (onReached: unknown, more: object = {}) => ({
  campaign: { caps: [{ period: 'day', limit: 1, onReached, ...more }] },
})

describe('a rejected lead', () => {
  it('is sold to the next school that the consent named, and its cap is released in the same transaction', async () => {
    const system = await createTestMarket(
      { alder: createFullCampaign('skip'), birch: {}, cedar: {} },
      { source: { maxSales: 1 } },
    )
    const { receipt } = await visit(system, 1)
    setRejectingSchools(system, 'alder')
    const { transactions } = system.api.watch
    system.api.advanceClock(1)
    const [delivery] = receipt.schools
    expect(await readCounters(system.api, 'campaigns#alder')).toEqual({ 'leads-day#2026-11-23T06:00:00.000Z': 1 })
    await system.api.deliver(delivery?.deliveryId ?? '')
    // The lease, the settlement and the release of the permit.
    expect(system.api.watch.transactions - transactions).toBe(3)
    expect(await readCounters(system.api, 'campaigns#alder')).toEqual({ 'leads-day#2026-11-23T06:00:00.000Z': 0 })

    await advanceTime(system, 60)
    expect(await readDeliveryStates(system, receipt.leadId)).toEqual({ alder: 'rejected', birch: 'delivered' })
    const { decisions, deliveries } = await readTimeline(system, receipt.leadId)
    expect(decisions.map(({ verdicts }) => verdicts.find(({ selected }) => selected)?.schoolId)).toEqual([
      'alder',
      'birch',
    ])
    expect(decisions[1]?.verdicts).toContainEqual(
      expect.objectContaining({ schoolId: 'alder', reason: 'SCHOOL_REJECTED' }),
    )
    expect(deliveries.find(({ schoolId }) => schoolId === 'alder')?.attemptLog[0]).toMatchObject({
      outcome: 'rejected',
      reason: 'Not for us',
    })
  })

  it('ends unmatched if all schools reject it, and is sent to none twice', async () => {
    const system = await createTestMarket({ alder: {}, birch: {} }, { source: { maxSales: 1 } })
    const { receipt } = await visit(system, 1)
    setRejectingSchools(system, 'alder', 'birch')
    for (let days = 0; days < 40; days++) await advanceTime(system, day)
    expect(await readDeliveryStates(system, receipt.leadId)).toEqual({ alder: 'rejected', birch: 'rejected' })
    expect(system.api.webhooks.requests).toHaveLength(2)
    expect(await readTimeline(system, receipt.leadId)).toMatchObject({ outcome: 'unmatched' })
  })

  it('never has more buyers than its source allows', async () => {
    const system = await createTestMarket({ alder: {}, birch: {}, cedar: {}, dogwood: {} }, { source: { maxSales: 2 } })
    const { receipt } = await visit(system, 1)
    setRejectingSchools(system, 'birch')
    await deliverDue(system)
    await advanceTime(system, 60)
    await advanceTime(system, day)
    expect(await readDeliveryStates(system, receipt.leadId)).toEqual({
      alder: 'delivered',
      birch: 'rejected',
      cedar: 'delivered',
    })
  })

  it('is not offered to schools that the visitor did not select', async () => {
    const system = await createTestMarket({ alder: {}, birch: {} })
    const { receipt } = await visit(system, 1, {}, {}, ['alder'])
    setRejectingSchools(system, 'alder')
    await deliverDue(system)
    for (let days = 0; days < 3; days++) await advanceTime(system, day)
    expect(await readDeliveryStates(system, receipt.leadId)).toEqual({ alder: 'rejected' })
    expect(await readVerdicts(system, receipt.leadId)).toMatchObject({ birch: 'SCHOOL_NOT_NAMED_IN_CONSENT' })
  })
})

describe('a delivery that failed for good', () => {
  it('releases its cap, and its lead is not sold to another school', async () => {
    const system = await createTestMarket({ alder: createFullCampaign('skip', { period: 'total' }) })
    const { receipt } = await visit(system, 1)
    failAllDeliveries(system)
    for (let attempt = 0; attempt < 15; attempt++) await advanceTime(system, 1.3 * day)
    expect(await readDeliveryStates(system, receipt.leadId)).toEqual({ alder: 'dead' })
    expect(await readCounters(system.api, 'campaigns#alder')).toEqual({ 'leads-total#ever': 0 })
    expect(leadTimeline.parse(await readTimeline(system, receipt.leadId)).deliveries).toHaveLength(1)
    expect(getReceiptSchoolIds(await visit(system, 2))).toEqual(['alder'])
  })
})
