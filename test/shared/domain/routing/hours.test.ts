import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Hours, hours } from '#shared/domain/routing/campaign.ts'
import { findNextDeliveryTime, isOpen } from '#shared/domain/routing/hours.ts'
import { clockChanges, zonesThatChangeClocks } from './clock-changes.ts'

const zone = 'America/New_York'
const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'] as const
const officeHours = open(weekdays, '09:00', '17:00')
const quarter = 15 * 60_000

describe('on ordinary days', () => {
  it.each([
    ['2026-11-23T13:59:59.999Z', false],
    ['2026-11-23T14:00:00.000Z', true],
    ['2026-11-23T21:59:59.999Z', true],
    ['2026-11-23T22:00:00.000Z', false],
    ['2026-11-22T15:00:00.000Z', false],
  ])('an office that opens 9 to 17 on weekdays is open at %s: %s', (at, expected) => {
    expect(isOpen(officeHours, at, zone)).toBe(expected)
  })

  it.each([
    ['before it opens, at its opening', '2026-11-23T11:00:00.000Z', '2026-11-23T14:00:00.000Z'],
    ['while it is open, at once', '2026-11-23T15:04:05.678Z', '2026-11-23T15:04:05.678Z'],
    ['after it closes, the next day', '2026-11-23T23:00:00.000Z', '2026-11-24T14:00:00.000Z'],
    ['after it closes on Friday, on Monday', '2026-11-20T23:00:00.000Z', '2026-11-23T14:00:00.000Z'],
    ['across a change of clocks, at 9 by the new time', '2026-10-30T23:00:00.000Z', '2026-11-02T14:00:00.000Z'],
  ])('an office takes a delivery %s', (_, at, due) => {
    expect(findNextDeliveryTime(officeHours, at, zone)).toBe(due)
  })

  it('waits a week if the only opening has just passed', () => {
    expect(findNextDeliveryTime(open(['monday'], '09:00', '10:00'), '2026-11-23T15:00:00.000Z', zone)).toBe(
      '2026-11-30T14:00:00.000Z',
    )
  })

  it('takes the earliest of several openings, in any order', () => {
    const twice = hours.parse({
      open: [...open(['monday'], '14:00', '16:00').open, ...open(['monday'], '09:00', '10:00').open],
    })
    expect(findNextDeliveryTime(twice, '2026-11-23T12:00:00.000Z', zone)).toBe('2026-11-23T14:00:00.000Z')
    expect(findNextDeliveryTime(twice, '2026-11-23T15:30:00.000Z', zone)).toBe('2026-11-23T19:00:00.000Z')
  })

  it('uses the time zone of the hours before that of the school', () => {
    const pacific = { ...officeHours, timeZone: 'America/Los_Angeles' }
    expect(findNextDeliveryTime(pacific, '2026-11-23T15:00:00.000Z', zone)).toBe('2026-11-23T17:00:00.000Z')
  })

  it('delivers at any hour without hours, or if set to deliver outside them', () => {
    const night = '2026-11-23T04:00:00.000Z'
    expect(findNextDeliveryTime(undefined, night, zone)).toBe(night)
    expect(findNextDeliveryTime({ ...officeHours, outside: 'deliver' }, night, zone)).toBe(night)
    expect(isOpen(undefined, night, zone)).toBe(true)
  })

  it('is open to the last minute of a day that ends at 24:00', () => {
    const always = open([...weekdays, 'saturday', 'sunday'], '00:00', '24:00')
    expect(isOpen(always, '2026-11-24T04:59:59.999Z', zone)).toBe(true)
    expect(isOpen(always, '2026-11-24T05:00:00.000Z', zone)).toBe(true)
  })
})

describe('near clock changes, findNextDeliveryTime', () => {
  it('returns the first moment after the gap if the opening falls into it', () => {
    const earlyHours = open(['sunday'], '02:30', '05:00')
    expect(findNextDeliveryTime(earlyHours, '2026-03-08T05:00:00.000Z', zone)).toBe('2026-03-08T07:00:00.000Z')
  })

  it('waits another week if all hours fall into the gap', () => {
    const gapHours = open(['sunday'], '02:00', '03:00')
    expect(findNextDeliveryTime(gapHours, '2026-03-08T05:00:00.000Z', zone)).toBe('2026-03-15T06:00:00.000Z')
  })

  it('returns the second opening in the hour that occurs twice', () => {
    const half = open(['sunday'], '01:30', '02:00')
    expect(findNextDeliveryTime(half, '2026-11-01T06:10:00.000Z', zone)).toBe('2026-11-01T06:30:00.000Z')
  })

  it('returns the first instant at which the campaign is open', () => {
    fc.assert(
      fc.property(nearChanges, quarters, weekends, (at, span, days) => {
        const schedule = open(days, span.from, span.to)
        const due = findNextDeliveryTime(schedule, at.instant, at.zone)
        expect(isOpen(schedule, due, at.zone)).toBe(true)
        for (let earlier = Date.parse(at.instant); earlier < Date.parse(due); earlier += quarter)
          expect(isOpen(schedule, new Date(earlier).toISOString(), at.zone), `open at ${new Date(earlier)}`).toBe(false)
      }),
      { numRuns: 150 },
    )
  })
})

describe('hours', () => {
  it.each([
    ['it ends before it begins', { days: ['monday'], from: '17:00', to: '09:00' }, ['open', 0, 'to']],
    ['it ends as it begins', { days: ['monday'], from: '09:00', to: '09:00' }, ['open', 0, 'to']],
    ['no day is named', { days: [], from: '09:00', to: '17:00' }, ['open', 0, 'days']],
    ['there is no such time', { days: ['monday'], from: '0900', to: '17:00' }, ['open', 0, 'from']],
  ])('are rejected because %s', (_, window, path) => {
    expect(hours.safeParse({ open: [window] }).error?.issues).toMatchObject([{ path }])
  })
})

const nearChanges = fc
  .tuple(
    fc.constantFrom(...zonesThatChangeClocks.flatMap((one) => clockChanges(one).map((at) => ({ zone: one, at })))),
    fc.integer({ min: -40, max: 12 }),
  )
  .map(([change, quarters_]) => ({
    zone: change.zone,
    instant: new Date(Date.parse(change.at) + quarters_ * quarter).toISOString(),
  }))

const weekends = fc.subarray<Hours['open'][number]['days'][number]>(['saturday', 'sunday', 'monday'], { minLength: 1 })

const quarters = fc
  .uniqueArray(fc.integer({ min: 4, max: 14 }), { minLength: 2, maxLength: 2 })
  .map((pair) => pair.toSorted((a, b) => a - b).map((at) => clock(at)))
  .map(([from = '00:00', to = '24:00']) => ({ from, to }))

// Between 1:00 and 3:30, when clocks change.
function clock(at: number): string {
  return `${String(Math.floor(at / 4)).padStart(2, '0')}:${String((at % 4) * 15).padStart(2, '0')}`
}

function open(days: readonly Hours['open'][number]['days'][number][], from: string, to: string): Hours {
  return hours.parse({ open: [{ days, from, to }] })
}
