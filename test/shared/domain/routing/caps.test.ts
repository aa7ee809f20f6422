import { describe, expect, it } from 'vitest'
import { readerOf } from '#shared/domain/capture/enquiry.ts'
import { fits, isTallied, parks, reservationsOf, tallyOf } from '#shared/domain/routing/caps.ts'
import { windowOf } from '#shared/domain/routing/windows.ts'
import { aCandidate, type CandidateParts } from '#test/builders/catalog.ts'
import { anEnquiry, someInstant } from '#test/builders/lead.ts'

const zone = 'America/Chicago'
const periods = ['hour', 'day', 'week', 'month', 'total'] as const

describe('a lead takes from each cap', () => {
  it('of campaign and school one lead, or its price where the cap is on money', () => {
    const bought = taken({
      campaign: {
        id: 'bought',
        caps: [
          { period: 'day', limit: 10 },
          { period: 'month', limit: 100_000, unit: 'cents' },
        ],
      },
      school: {
        id: 'alder',
        caps: [
          { period: 'week', limit: 20 },
          { period: 'total', limit: 9_000_000, unit: 'cents' },
        ],
      },
    })

    const { end } = windowOf('day', someInstant, zone)
    expect(bought).toMatchObject([
      { owner: 'campaigns#bought', amount: 1, limit: 10, reason: 'CAP_DAY', onReached: 'skip', end },
      { owner: 'campaigns#bought', amount: 4000, limit: 100_000, reason: 'CAP_SPEND' },
      { owner: 'schools#alder', amount: 1, limit: 20, reason: 'CAP_WEEK' },
      { owner: 'schools#alder', amount: 4000, limit: 9_000_000, reason: 'CAP_SPEND' },
    ])
    expect(bought[3]).not.toHaveProperty('end')
  })

  it.each(['campaign', 'school'] as const)(
    'of a %s under the reason of its period, and of money in all of them',
    (of) => {
      const reasons = (unit: 'leads' | 'cents') =>
        periods.flatMap((period) => taken({ [of]: { caps: [{ period, limit: 1, unit }] } }).map(({ reason }) => reason))
      expect(reasons('leads')).toEqual(['CAP_HOUR', 'CAP_DAY', 'CAP_WEEK', 'CAP_MONTH', 'CAP_TOTAL'])
      expect(reasons('cents')).toEqual(Array(5).fill('CAP_SPEND'))
    },
  )

  it('in a counter of its own for each owner, period, unit and id', () => {
    const every = periods.flatMap((period) =>
      (['leads', 'cents'] as const).flatMap((unit) =>
        [{}, { id: 'veterans' }].flatMap((named) =>
          (['campaign', 'school'] as const).flatMap((of) =>
            taken({ [of]: { caps: [{ period, limit: 1, unit, ...named }] } }),
          ),
        ),
      ),
    )
    const plain = every.filter(({ counter }) => !counter.startsWith('veterans'))
    expect(new Set(plain.map(({ owner, counter }) => `${owner} ${counter}`)).size).toBe(20)
    expect(new Set(every.map(({ counter }) => counter.split('#')[0]))).toContain('veterans')
  })

  it('in the same counter until the window ends in the time zone of the school, and then in another', () => {
    const counterAt = (at: string, timeZone = zone) =>
      taken({ campaign: { caps: [{ period: 'day', limit: 1 }] }, school: { timeZone } }, at)[0]?.counter

    const morning = counterAt('2026-11-23T06:00:00Z')
    expect(counterAt('2026-11-24T05:59:59.999Z')).toBe(morning)
    expect(counterAt('2026-11-24T06:00:00Z')).not.toBe(morning)
    expect(counterAt('2026-11-24T05:59:59.999Z', 'America/New_York')).not.toBe(morning)
  })

  it('only where the rules of the cap hold for it', () => {
    const veterans = {
      period: 'day',
      limit: 2,
      id: 'veterans',
      rules: { field: 'military', op: 'equals', value: true },
    } as const
    const parts: CandidateParts = { campaign: { caps: [veterans, { period: 'day', limit: 9 }] } }

    expect(taken(parts, someInstant, { military: true })).toMatchObject([{ limit: 2 }, { limit: 9 }])
    expect(taken(parts, someInstant, { military: false })).toMatchObject([{ limit: 9 }])
    expect(taken(parts)).toMatchObject([{ limit: 9 }])
  })
})

describe('a cap of 3', () => {
  const [reservation] = taken({ campaign: { caps: [{ period: 'day', limit: 3 }] } })
  const used = (count: number) => ({ 'campaigns#campaign': { [reservation?.counter ?? '']: count } })

  it.each([
    [0, true],
    [2, true],
    [3, false],
    [4, false],
  ])('with %i leads taken has room for another: %s', (count, room) => {
    expect(reservation && fits(reservation, used(count))).toBe(room)
  })

  it('is empty where nothing was counted, also for another owner of the same window', () => {
    expect(reservation && fits(reservation, {})).toBe(true)
    expect(reservation && fits({ ...reservation, owner: 'schools#campaign' }, used(3))).toBe(true)
  })
})

it('a budget has room for a lead only where its whole price fits', () => {
  const [budget] = taken({ campaign: { caps: [{ period: 'total', limit: 10_000, unit: 'cents' }] } })

  expect(budget && fits(budget, { 'campaigns#campaign': { [budget.counter]: 6000 } })).toBe(true)
  expect(budget && fits(budget, { 'campaigns#campaign': { [budget.counter]: 6001 } })).toBe(false)
})

it('leads are parked until a window ends, so never by a total', () => {
  const parked = (period: (typeof periods)[number], onReached: 'park' | 'skip') =>
    taken({ campaign: { caps: [{ period, limit: 1, onReached }] } }).map(parks)
  expect(periods.flatMap((period) => parked(period, 'park'))).toEqual([true, true, true, true, false])
  expect(periods.flatMap((period) => parked(period, 'skip'))).toEqual(Array(5).fill(false))
})

it('turns are counted where they matter, from 0', () => {
  const methods = ['priority', 'price', 'weight', 'round-robin'] as const
  expect(methods.filter(isTallied)).toEqual(['weight', 'round-robin'])
  expect(tallyOf('a', {})).toBe(0)
  expect(tallyOf('a', { 'campaigns#a': { tally: 7 }, 'schools#a': { tally: 1 } })).toBe(7)
})

function taken(parts: CandidateParts, at = someInstant, told: Parameters<typeof anEnquiry>[0] = {}) {
  return reservationsOf(aCandidate(parts), at, 4000, readerOf(anEnquiry(told)))
}
