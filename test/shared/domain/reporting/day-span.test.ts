import { describe, expect, it } from 'vitest'
import { findDaySpan, findLocalHour, findToday } from '#shared/domain/reporting/day-span.ts'

describe('a calendar day in a time zone', () => {
  it.each([
    ['2026-11-23', 'UTC', '2026-11-23T00:00:00.000Z', '2026-11-23T23:59:59.999Z'],
    ['2026-11-23', 'America/Chicago', '2026-11-23T06:00:00.000Z', '2026-11-24T05:59:59.999Z'],
    ['2026-03-08', 'America/Chicago', '2026-03-08T06:00:00.000Z', '2026-03-09T04:59:59.999Z'],
    ['2026-11-01', 'America/Chicago', '2026-11-01T05:00:00.000Z', '2026-11-02T05:59:59.999Z'],
    ['2026-11-23', 'Pacific/Kiritimati', '2026-11-22T10:00:00.000Z', '2026-11-23T09:59:59.999Z'],
  ])('%s in %s lasts from %s to %s', (day, timeZone, from, last) => {
    expect(findDaySpan(day, timeZone)).toEqual({ from, last })
  })

  it('has no gap to the next one, also when the clocks change', () => {
    for (const day of ['2026-03-07', '2026-03-08', '2026-10-31', '2026-11-01']) {
      const next = new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)
      const end = Date.parse(findDaySpan(day, 'America/New_York').last) + 1
      expect(new Date(end).toISOString()).toBe(findDaySpan(next, 'America/New_York').from)
    }
  })

  it('has the hour and the date of its clocks', () => {
    expect(findLocalHour('2026-11-24T03:30:00.000Z', 'America/Chicago')).toBe(21)
    expect(findToday(new Date('2026-11-24T03:30:00.000Z'), 'America/Chicago')).toBe('2026-11-23')
  })
})
