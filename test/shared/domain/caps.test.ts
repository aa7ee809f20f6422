import { describe, expect, it } from 'vitest'
import { campaign } from '#shared/domain/campaign.ts'
import { fits, reservationsOf } from '#shared/domain/caps.ts'
import { windowOf } from '#shared/domain/windows.ts'
import { aCampaign } from '#test/builders/catalog.ts'
import { someInstant } from '#test/builders/lead.ts'

const zone = 'America/Chicago'

describe('a lead takes from each cap of a campaign', () => {
  it('one lead, or its price where the cap is on money', () => {
    const bought = aCampaign({
      id: 'bought',
      priceCents: 4000,
      caps: [
        { period: 'day', limit: 10 },
        { period: 'month', limit: 100_000, unit: 'cents' },
      ],
    })

    expect(reservationsOf(bought, someInstant, zone)).toMatchObject([
      { campaignId: 'bought', amount: 1, limit: 10, reason: 'CAP_DAY', end: windowOf('day', someInstant, zone).end },
      { campaignId: 'bought', amount: 4000, limit: 100_000, reason: 'CAP_SPEND' },
    ])
  })

  it.each([
    ['hour', 'CAP_HOUR'],
    ['day', 'CAP_DAY'],
    ['week', 'CAP_WEEK'],
    ['month', 'CAP_MONTH'],
    ['total', 'CAP_TOTAL'],
  ] as const)('and where it is full for the %s, the reason is %s', (period, reason) => {
    expect(reservationsOf(aCampaign({ caps: [{ period, limit: 1 }] }), someInstant, zone)).toMatchObject([{ reason }])
  })

  it('in a counter of its own for each period and unit', () => {
    const periods = ['hour', 'day', 'week', 'month', 'total'] as const
    const caps = periods.flatMap((period) => [
      { period, limit: 1 },
      { period, limit: 1, unit: 'cents' as const },
    ])
    const counters = caps.flatMap((cap) => reservationsOf(aCampaign({ caps: [cap] }), someInstant, zone))

    expect(new Set(counters.map(({ counter }) => counter)).size).toBe(10)
  })

  it('in the same counter until the window ends in the time zone of the school, and then in another', () => {
    const daily = aCampaign({ caps: [{ period: 'day', limit: 1 }] })
    const [morning, night, nextDay] = ['2026-11-23T06:00:00Z', '2026-11-24T05:59:59.999Z', '2026-11-24T06:00:00Z'].map(
      (at) => reservationsOf(daily, at, zone)[0]?.counter,
    )

    expect(night).toBe(morning)
    expect(nextDay).not.toBe(morning)
    expect(reservationsOf(daily, '2026-11-24T05:59:59.999Z', 'America/New_York')[0]?.counter).not.toBe(morning)
  })
})

describe('a cap of 3', () => {
  const [reservation] = reservationsOf(aCampaign({ caps: [{ period: 'day', limit: 3 }] }), someInstant, zone)
  const used = (count: number) => ({ campaign: { [reservation?.counter ?? '']: count } })

  it.each([
    [0, true],
    [2, true],
    [3, false],
    [4, false],
  ])('with %i leads taken has room for another: %s', (count, room) => {
    expect(reservation && fits(reservation, used(count))).toBe(room)
  })

  it('is empty where nothing was counted, also for another campaign of the same window', () => {
    expect(reservation && fits(reservation, {})).toBe(true)
    expect(reservation && fits({ ...reservation, campaignId: 'other' }, used(3))).toBe(true)
  })
})

it('a budget has room for a lead only where its whole price fits', () => {
  const caps = [{ period: 'total' as const, limit: 10_000, unit: 'cents' as const }]
  const [budget] = reservationsOf(aCampaign({ priceCents: 4000, caps }), someInstant, zone)

  expect(budget && fits(budget, { campaign: { [budget.counter]: 6000 } })).toBe(true)
  expect(budget && fits(budget, { campaign: { [budget.counter]: 6001 } })).toBe(false)
})

it('a campaign may not hold two caps on the same thing', () => {
  const caps = [
    { period: 'day', limit: 1 },
    { period: 'day', limit: 2 },
  ]
  expect(campaign.shape.caps.safeParse(caps).error?.issues).toMatchObject([{ path: [1] }])
  expect(campaign.shape.caps.safeParse([caps[0], { ...caps[1], unit: 'cents' }]).success).toBe(true)
})
