import { describe, expect, it } from 'vitest'
import { createProfileReader } from '#shared/domain/capture/lead-profile.ts'
import { campaign } from '#shared/domain/routing/campaign.ts'
import { caps } from '#shared/domain/routing/cap.ts'
import { buildReservations, canPark, getTally, isTallied, isWithinLimit } from '#shared/domain/routing/caps.ts'
import { findCapWindow } from '#shared/domain/routing/windows.ts'
import { aCandidate, type CandidateParts } from '#test/builders/catalog.ts'
import { aLeadProfile, someInstant } from '#test/builders/lead.ts'

const zone = 'America/Chicago'
const periods = ['hour', 'day', 'week', 'month', 'total'] as const

describe('buildReservations', () => {
  it('reserves one lead, or its price, from each cap of campaign and school', () => {
    const reservations = reserve({
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

    const { end } = findCapWindow('day', someInstant, zone)
    expect(reservations).toMatchObject([
      { owner: 'campaigns#bought', amount: 1, limit: 10, reason: 'CAP_DAY', onReached: 'skip', end },
      { owner: 'campaigns#bought', amount: 4000, limit: 100_000, reason: 'CAP_SPEND' },
      { owner: 'schools#alder', amount: 1, limit: 20, reason: 'CAP_WEEK' },
      { owner: 'schools#alder', amount: 4000, limit: 9_000_000, reason: 'CAP_SPEND' },
    ])
    expect(reservations[3]).not.toHaveProperty('end')
  })

  it.each(['campaign', 'school'] as const)(
    'gives a lead cap of a %s the reason of its period, and every cents cap CAP_SPEND',
    (of) => {
      const reasons = (unit: 'leads' | 'cents') =>
        periods.flatMap((period) =>
          reserve({ [of]: { caps: [{ period, limit: 1, unit }] } }).map(({ reason }) => reason),
        )
      expect(reasons('leads')).toEqual(['CAP_HOUR', 'CAP_DAY', 'CAP_WEEK', 'CAP_MONTH', 'CAP_TOTAL'])
      expect(reasons('cents')).toEqual(Array(5).fill('CAP_SPEND'))
    },
  )

  it('uses a separate counter for each owner, period, unit and id', () => {
    const every = periods.flatMap((period) =>
      (['leads', 'cents'] as const).flatMap((unit) =>
        [{}, { id: 'veterans' }].flatMap((idFields) =>
          (['campaign', 'school'] as const).flatMap((of) =>
            reserve({ [of]: { caps: [{ period, limit: 1, unit, ...idFields }] } }),
          ),
        ),
      ),
    )
    const plain = every.filter(({ counter }) => !counter.startsWith('veterans'))
    expect(new Set(plain.map(({ owner, counter }) => `${owner} ${counter}`)).size).toBe(20)
    expect(new Set(every.map(({ counter }) => counter.split('#')[0]))).toContain('veterans')
  })

  it('uses one counter until the window ends in the time zone of the school, and then another', () => {
    const findCounter = (at: string, timeZone = zone) =>
      reserve({ campaign: { caps: [{ period: 'day', limit: 1 }] }, school: { timeZone } }, at)[0]?.counter

    const morning = findCounter('2026-11-23T06:00:00Z')
    expect(findCounter('2026-11-24T05:59:59.999Z')).toBe(morning)
    expect(findCounter('2026-11-24T06:00:00Z')).not.toBe(morning)
    expect(findCounter('2026-11-24T05:59:59.999Z', 'America/New_York')).not.toBe(morning)
  })

  it('skips caps whose rules do not match the lead', () => {
    const veterans = {
      period: 'day',
      limit: 2,
      id: 'veterans',
      rules: { field: 'military', op: 'equals', value: true },
    } as const
    const parts: CandidateParts = { campaign: { caps: [veterans, { period: 'day', limit: 9 }] } }

    expect(reserve(parts, someInstant, { military: true })).toMatchObject([{ limit: 2 }, { limit: 9 }])
    expect(reserve(parts, someInstant, { military: false })).toMatchObject([{ limit: 9 }])
    expect(reserve(parts)).toMatchObject([{ limit: 9 }])
  })
})

describe('a cap of 3', () => {
  const [reservation] = reserve({ campaign: { caps: [{ period: 'day', limit: 3 }] } })
  const buildCounters = (count: number) => ({ 'campaigns#campaign': { [reservation?.counter ?? '']: count } })

  it.each([
    [0, true],
    [2, true],
    [3, false],
    [4, false],
  ])('with %i leads counted has room for another: %s', (count, room) => {
    expect(reservation && isWithinLimit(reservation, buildCounters(count))).toBe(room)
  })

  it('starts at 0 for each owner', () => {
    expect(reservation && isWithinLimit(reservation, {})).toBe(true)
    expect(reservation && isWithinLimit({ ...reservation, owner: 'schools#campaign' }, buildCounters(3))).toBe(true)
  })
})

it('a budget has room for a lead only if its whole price fits', () => {
  const [budget] = reserve({ campaign: { caps: [{ period: 'total', limit: 10_000, unit: 'cents' }] } })

  expect(budget && isWithinLimit(budget, { 'campaigns#campaign': { [budget.counter]: 6000 } })).toBe(true)
  expect(budget && isWithinLimit(budget, { 'campaigns#campaign': { [budget.counter]: 6001 } })).toBe(false)
})

it('canPark is true for every period except total', () => {
  const listCanPark = (period: (typeof periods)[number], onReached: 'park' | 'skip') =>
    reserve({ campaign: { caps: [{ period, limit: 1, onReached }] } }).map(canPark)
  expect(periods.flatMap((period) => listCanPark(period, 'park'))).toEqual([true, true, true, true, false])
  expect(periods.flatMap((period) => listCanPark(period, 'skip'))).toEqual(Array(5).fill(false))
})

it('a tally is counted only by weight and round robin, from 0', () => {
  const methods = ['priority', 'price', 'weight', 'round-robin'] as const
  expect(methods.filter(isTallied)).toEqual(['weight', 'round-robin'])
  expect(getTally('a', {})).toBe(0)
  expect(getTally('a', { 'campaigns#a': { tally: 7 }, 'schools#a': { tally: 1 } })).toBe(7)
})

const daily = { period: 'day', limit: 1 } as const

it('rejects two caps with the same unit and period unless they have different ids', () => {
  expect(campaign.shape.caps.safeParse([daily, { ...daily, limit: 2 }]).error?.issues).toMatchObject([
    { path: [1, 'id'] },
  ])
  expect(caps.safeParse([daily, { ...daily, unit: 'cents' }]).success).toBe(true)
  expect(caps.safeParse([daily, { ...daily, id: 'veterans' }]).success).toBe(true)
  expect(
    caps.safeParse([
      { ...daily, id: 'a' },
      { ...daily, period: 'week', id: 'a' },
    ]).success,
  ).toBe(false)
  expect(caps.safeParse([daily, { ...daily, period: 'week', id: 'leads-day' }]).success).toBe(false)
})

it('counts leads and skips a full campaign by default', () => {
  expect(caps.parse([daily])).toEqual([{ ...daily, unit: 'leads', onReached: 'skip' }])
  expect(caps.parse(undefined)).toEqual([])
})

it.each([
  ['a period that calendars do not have', { ...daily, period: 'fortnight' }],
  ['a negative limit', { ...daily, limit: -1 }],
  ['a fractional limit', { ...daily, limit: 0.5 }],
  ['a fallback without an id', { ...daily, onReached: {} }],
  ['an unknown action', { ...daily, onReached: 'panic' }],
  ['a rule over an unknown field', { ...daily, rules: { field: 'shoe-size', op: 'equals', value: 44 } }],
])('rejects a cap with %s', (_, wrong) => {
  expect(caps.safeParse([wrong]).success).toBe(false)
})

it('accepts 10 caps, one for each period and unit, and no more', () => {
  const many = (length: number) => Array.from({ length }, (_, at) => ({ ...daily, id: `cap-${at}` }))
  expect(caps.safeParse(many(10)).success).toBe(true)
  expect(caps.safeParse(many(11)).success).toBe(false)
})

function reserve(parts: CandidateParts, at = someInstant, profileFields: Parameters<typeof aLeadProfile>[0] = {}) {
  return buildReservations(aCandidate(parts), at, 4000, createProfileReader(aLeadProfile(profileFields)))
}
