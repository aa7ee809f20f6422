import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CapWindow, findCapWindow, localTime } from '#shared/domain/routing/windows.ts'
import { instants } from '#test/builders/arbitraries.ts'
import { clockChanges, wallClock, zones, zonesThatChangeClocks } from './clock-changes.ts'

const hour = 3_600_000
const days = 24 * hour
const periods = ['hour', 'day', 'week', 'month'] as const
type Period = (typeof periods)[number]

describe.each(zones)('in %s', (zone) => {
  it.each(periods)('each instant is in exactly one window of a %s, and the next window starts at its end', (period) => {
    fc.assert(
      fc.property(instants, (at) => {
        const { start, end } = findClosedWindow(period, at, zone)
        expect(Date.parse(start)).toBeLessThanOrEqual(Date.parse(at))
        expect(Date.parse(end)).toBeGreaterThan(Date.parse(at))
        expect(findCapWindow(period, start, zone)).toEqual({ start, end })
        expect(findCapWindow(period, iso(Date.parse(end) - 1), zone)).toEqual({ start, end })
        expect(findCapWindow(period, end, zone).start).toBe(end)
      }),
      { numRuns: 40 },
    )
  })

  it('weeks and months from 2024 to 2030 follow each other and match the local calendar', () => {
    for (const period of ['week', 'month'] as const)
      for (const { start, end } of walk(period, zone, Date.UTC(2024, 0, 1, 12), Date.UTC(2031, 0)))
        expect(findFault(period, Date.parse(start), Date.parse(end), zone)).toBeUndefined()
  })
})

describe.each(zonesThatChangeClocks)('near clock changes in %s', (zone) => {
  it('hours follow each other, and each is within one hour of the local clock', () => {
    expect(clockChanges(zone)).toHaveLength(14)
    for (const change of clockChanges(zone).map((at) => Date.parse(at)))
      for (const { start, end } of walk('hour', zone, change - 5 * hour, change + 5 * hour))
        expect(findFault('hour', Date.parse(start), Date.parse(end), zone)).toBeUndefined()
  })

  it('days follow each other and match the local calendar', () => {
    for (const change of clockChanges(zone).map((at) => Date.parse(at)))
      for (const { start, end } of walk('day', zone, change - 5 * days, change + 5 * days))
        expect(findFault('day', Date.parse(start), Date.parse(end), zone)).toBeUndefined()
  })
})

describe('a window', () => {
  it.each([
    ['hour', '2026-11-23T15:00:00.000Z', '2026-11-23T16:00:00.000Z'],
    ['day', '2026-11-23T06:00:00.000Z', '2026-11-24T06:00:00.000Z'],
    ['week', '2026-11-23T06:00:00.000Z', '2026-11-30T06:00:00.000Z'],
    ['month', '2026-11-01T05:00:00.000Z', '2026-12-01T06:00:00.000Z'],
  ] as const)('of a %s is given in UTC with milliseconds', (period, start, end) => {
    expect(findCapWindow(period, '2026-11-23T15:04:05Z', 'America/Chicago')).toEqual({ start, end })
  })

  it('of a total cap has no end and is the same at all times and in all zones', () => {
    const total = findCapWindow('total', '2026-11-23T15:04:05Z', 'America/Chicago')

    expect(total.end).toBeUndefined()
    expect(findCapWindow('total', '2029-01-01T00:00:00Z', 'Pacific/Honolulu')).toEqual(total)
  })

  it.each([
    ['2026-03-08T12:00:00Z', 23],
    ['2026-11-01T12:00:00Z', 25],
  ])('of a day with a clock change (%s) is %i hours long', (at, hours) => {
    const { start, end } = findClosedWindow('day', at, 'America/New_York')
    expect((Date.parse(end) - Date.parse(start)) / hour).toBe(hours)
  })

  it('distinguishes the two hours from 1 to 2 when clocks go back', () => {
    const first = findCapWindow('hour', '2026-11-01T05:30:00Z', 'America/New_York')
    const second = findCapWindow('hour', '2026-11-01T06:30:00Z', 'America/New_York')
    expect([first.end, second.start]).toEqual(['2026-11-01T06:00:00.000Z', '2026-11-01T06:00:00.000Z'])
  })
})

it('localTime returns the day of the week and the minutes since midnight', () => {
  expect(localTime('2026-11-23T15:04:05Z', 'America/Chicago')).toEqual({ weekday: 1, minutes: 9 * 60 + 4 })
  expect(localTime('2026-11-23T02:00:00Z', 'Pacific/Honolulu')).toEqual({ weekday: 7, minutes: 16 * 60 })
})

function* walk(period: Period, zone: string, from: number, to: number) {
  let last = findClosedWindow(period, iso(from), zone)
  while (Date.parse(last.end) < to) {
    yield last
    const next = findClosedWindow(period, last.end, zone)
    expect(next.start, `gap or overlap after ${last.start}`).toBe(last.end)
    expect(Date.parse(next.end), `empty window at ${next.start}`).toBeGreaterThan(Date.parse(next.start))
    last = next
  }
}

/** Returns how a window differs from the local calendar, or undefined. */
function findFault(period: Period, start: number, end: number, zone: string): string | undefined {
  const [before, first, last, after] = [start - 1, start, end - 1, end].map((at) => wallClock(at, zone))
  const key = period === 'month' ? 'month' : period === 'hour' ? 'hour' : 'date'
  const description = `${period} ${iso(start)} to ${iso(end)}: ${first?.[key]} to ${last?.[key]}`
  if (before?.[key] === first?.[key] || last?.[key] === after?.[key])
    return `it does not begin or end there: ${description}`
  if (period !== 'week') return first?.[key] === last?.[key] ? undefined : `it holds more than one: ${description}`
  const dayCount = Math.round((end - start) / days)
  return first?.weekday === 'Monday' && last?.weekday === 'Sunday' && dayCount === 7 ? undefined : description
}

function findClosedWindow(period: Period, at: string, zone: string): Required<CapWindow> {
  const { start, end } = findCapWindow(period, at, zone)
  if (end === undefined) throw new Error(`A ${period} has no end.`)
  return { start, end }
}

function iso(at: number): string {
  return new Date(at).toISOString()
}
