import { describe, expect, it } from 'vitest'
import { leadStory } from '#shared/contract/operator.ts'
import { countersOf } from './ledger.ts'
import { aMarket, breakDown, deliverDue, holders, later, rejectAt, story, takers, verdicts, visit } from './market.ts'

const day = 86_400
const full = (onReached: unknown, more: object = {}) => ({
  campaign: { caps: [{ period: 'day', limit: 1, onReached, ...more }] },
})

describe('a lead that its school rejects', () => {
  it('goes to the next school that the consent named; the cap is given back in the same transaction', async () => {
    const town = await aMarket({ alder: full('skip'), birch: {}, cedar: {} }, { source: { maxSales: 1 } })
    const { receipt } = await visit(town, 1)
    rejectAt(town, 'alder')
    const { transactions } = town.house.watch
    town.house.pass(1)
    const [delivery] = receipt.schools
    expect(await countersOf(town.house, 'campaigns#alder')).toEqual({ 'leads-day#2026-11-23T06:00:00.000Z': 1 })
    await town.house.deliver(delivery?.deliveryId ?? '')
    expect(town.house.watch.transactions - transactions).toBe(2)
    expect(await countersOf(town.house, 'campaigns#alder')).toEqual({ 'leads-day#2026-11-23T06:00:00.000Z': 0 })

    await later(town, 60)
    expect(await holders(town, receipt.leadId)).toEqual({ alder: 'rejected', birch: 'delivered' })
    const { decisions, deliveries } = await story(town, receipt.leadId)
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

  it('ends unmatched where all reject it, and nobody gets it twice', async () => {
    const town = await aMarket({ alder: {}, birch: {} }, { source: { maxSales: 1 } })
    const { receipt } = await visit(town, 1)
    rejectAt(town, 'alder', 'birch')
    for (let days = 0; days < 40; days++) await later(town, day)
    expect(await holders(town, receipt.leadId)).toEqual({ alder: 'rejected', birch: 'rejected' })
    expect(town.house.webhooks.requests).toHaveLength(2)
    expect(await story(town, receipt.leadId)).toMatchObject({ outcome: 'unmatched' })
  })

  it('never has more takers than its source allows', async () => {
    const town = await aMarket({ alder: {}, birch: {}, cedar: {}, dogwood: {} }, { source: { maxSales: 2 } })
    const { receipt } = await visit(town, 1)
    rejectAt(town, 'birch')
    await deliverDue(town)
    await later(town, 60)
    await later(town, day)
    expect(await holders(town, receipt.leadId)).toEqual({ alder: 'delivered', birch: 'rejected', cedar: 'delivered' })
  })

  it('is not offered beyond what was ticked', async () => {
    const town = await aMarket({ alder: {}, birch: {} })
    const { receipt } = await visit(town, 1, {}, {}, ['alder'])
    rejectAt(town, 'alder')
    await deliverDue(town)
    for (let days = 0; days < 3; days++) await later(town, day)
    expect(await holders(town, receipt.leadId)).toEqual({ alder: 'rejected' })
    expect(await verdicts(town, receipt.leadId)).toMatchObject({ birch: 'SCHOOL_NOT_NAMED_IN_CONSENT' })
  })
})

describe('a delivery that dies', () => {
  it('gives its cap back, and the school that may have it after all is not passed over for another', async () => {
    const town = await aMarket({ alder: full('skip', { period: 'total' }) })
    const { receipt } = await visit(town, 1)
    breakDown(town)
    for (let attempt = 0; attempt < 15; attempt++) await later(town, 1.3 * day)
    expect(await holders(town, receipt.leadId)).toEqual({ alder: 'dead' })
    expect(await countersOf(town.house, 'campaigns#alder')).toEqual({ 'leads-total#ever': 0 })
    expect(leadStory.parse(await story(town, receipt.leadId)).deliveries).toHaveLength(1)
    expect(takers(await visit(town, 2))).toEqual(['alder'])
  })
})
