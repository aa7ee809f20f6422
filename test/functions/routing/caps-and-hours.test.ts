import { describe, expect, it } from 'vitest'
import { write } from '#test/functions/town.ts'
import { countersOf, deliveriesOf } from './ledger.ts'
import { aMarket, campaignOf, explained, holders, later, story, takers, verdicts, visit } from './market.ts'

const skipAt = (limit: number, more: object = {}) => [{ period: 'day', limit, ...more }]

describe('a cap', () => {
  it('of a school counts over all its campaigns', async () => {
    const town = await aMarket({ alder: { school: { caps: skipAt(2) } } })
    await write(town.house, 'campaigns', 'alder-two', campaignOf('alder', { priority: 0 }))
    const got = [await visit(town, 1), await visit(town, 2)].map(takers)
    expect(got).toEqual([['alder'], ['alder']])
    await write(town.house, 'campaigns', 'alder-two', campaignOf('alder', { status: 'paused' }))
    expect((await visit(town, 3)).match.schools).toEqual([])
    expect(await countersOf(town.house, 'schools#alder')).toEqual({ 'leads-day#2026-11-23T06:00:00.000Z': 2 })
  })

  it('of a day ends at midnight where the school is, also on the day when clocks go back', async () => {
    const school = { timeZone: 'America/New_York', caps: [] }
    const town = await aMarket({ alder: { school, campaign: { caps: skipAt(1) } } })
    // 1 November 2026 begins at 04:00 UTC in New York and lasts 25 hours.
    town.house.clock.now = new Date('2026-11-01T04:00:00.000Z')
    expect(takers(await visit(town, 1))).toEqual(['alder'])
    for (const [number, at] of ['2026-11-01T04:00:01Z', '2026-11-02T04:30:00Z', '2026-11-02T04:59:59.999Z'].entries()) {
      town.house.clock.now = new Date(at)
      expect(takers(await visit(town, 10 + number))).toEqual([])
    }
    town.house.clock.now = new Date('2026-11-02T05:00:00.000Z')
    expect(takers(await visit(town, 20))).toEqual(['alder'])
    expect(Object.keys(await countersOf(town.house, 'campaigns#alder'))).toEqual([
      'leads-day#2026-11-01T04:00:00.000Z',
      'leads-day#2026-11-02T05:00:00.000Z',
    ])
  })

  it('of a budget counts cents, and tells it is spent', async () => {
    const caps = [{ period: 'month', unit: 'cents', limit: 10_000 }]
    const town = await aMarket({ alder: { campaign: { caps, priceCents: 4500 } }, birch: {} })
    const three = [await visit(town, 1), await visit(town, 2), await visit(town, 3)]
    expect(three.map(takers)).toEqual([['alder', 'birch'], ['alder', 'birch'], ['birch']])
    expect(Object.values(await countersOf(town.house, 'campaigns#alder'))).toEqual([9000])
    expect(await explained(town)).toEqual({ alder: 'CAP_SPEND', birch: 'taken' })
  })

  it('with rules counts and stops only the leads for which they hold', async () => {
    const caps = skipAt(1, { rules: { field: 'military', op: 'equals', value: true } })
    const town = await aMarket({ alder: { campaign: { caps } } })
    const asked = [true, false, true, false].map((military) => ({ military }))
    const got = []
    for (const [number, fields] of asked.entries()) got.push(takers(await visit(town, number, {}, fields)).length)
    expect(got).toEqual([1, 1, 0, 1])
    expect(Object.values(await countersOf(town.house, 'campaigns#alder'))).toEqual([1])
  })

  it('that names a fallback campaign lets that one stand in, and else it stays out', async () => {
    const fallback = { fallback: 'alder-reserve' }
    const town = await aMarket({ alder: { campaign: { caps: skipAt(1, { onReached: fallback }) } }, birch: {} })
    await write(town.house, 'campaigns', 'alder-reserve', campaignOf('alder', { fallback: true, priceCents: 1000 }))
    const first = await visit(town, 1)
    expect(await verdicts(town, first.receipt.leadId)).toMatchObject({ alder: 'taken', 'alder-reserve': 'OUTRANKED' })
    const second = await visit(town, 2)
    expect(await verdicts(town, second.receipt.leadId)).toMatchObject({ alder: 'CAP_DAY', 'alder-reserve': 'taken' })
    expect((await deliveriesOf(town.house, 'alder')).map(({ priceCents }) => priceCents)).toEqual([4500, 1000])
  })
})

describe('hours', () => {
  // The clock of a new house stands at 09:00 of a Monday in Chicago.
  const open = [{ days: ['tuesday'], from: '09:00', to: '17:00' }]

  it('park a lead until they open, in the zone of the school', async () => {
    const school = { timeZone: 'America/Denver' }
    const town = await aMarket({ alder: { school, campaign: { hours: { open } } } })
    const { receipt } = await visit(town, 1)
    expect(receipt.outcome).toBe('accepted')
    const { deliveries } = await story(town, receipt.leadId)
    expect(deliveries[0]).toMatchObject({ state: 'parked', dueAt: '2026-11-24T16:00:00.000Z' })
    await later(town, 25 * 3600 - 1)
    expect(await holders(town, receipt.leadId)).toEqual({ alder: 'parked' })
    await later(town, 1)
    expect(await holders(town, receipt.leadId)).toEqual({ alder: 'delivered' })
  })

  it('skip the school outside of them, for match and lead', async () => {
    const town = await aMarket({ alder: { campaign: { hours: { open, outside: 'skip' } } }, birch: {} })
    expect((await visit(town, 1)).match.schools.map(({ schoolId }) => schoolId)).toEqual(['birch'])
    const { receipt } = await visit(town, 2)
    expect(await verdicts(town, receipt.leadId)).toMatchObject({ birch: 'taken' })
    town.house.pass(86_400)
    expect(takers(await visit(town, 3))).toEqual(['alder', 'birch'])
  })

  it('do not matter where leads are delivered at any hour', async () => {
    const town = await aMarket({ alder: { campaign: { hours: { open, outside: 'deliver' } } } })
    const { receipt } = await visit(town, 1)
    await later(town, 0)
    expect(await holders(town, receipt.leadId)).toEqual({ alder: 'delivered' })
  })
})
