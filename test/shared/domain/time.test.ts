import { describe, expect, it } from 'vitest'
import { addDays, addHours, addSeconds, daysBetween, listDays, shiftDay, toDay } from '#shared/domain/time.ts'

describe('time', () => {
  it('adds seconds, hours and days to an instant and subtracts negative ones', () => {
    expect(addSeconds('2026-11-28T23:59:59.500Z', 1)).toBe('2026-11-29T00:00:00.500Z')
    expect(addHours('2026-11-28T23:00:00.000Z', 2)).toBe('2026-11-29T01:00:00.000Z')
    expect(addDays('2026-03-01T12:00:00.000Z', -1)).toBe('2026-02-28T12:00:00.000Z')
  })

  it('reads a day as its first instant', () => {
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01T00:00:00.000Z')
  })

  it('returns the UTC day of an instant', () => {
    expect(toDay('2026-11-28T23:59:59.999Z')).toBe('2026-11-28')
  })

  it('shifts a day across the ends of months and leap years', () => {
    expect(shiftDay('2028-02-28', 1)).toBe('2028-02-29')
    expect(shiftDay('2028-03-01', -1)).toBe('2028-02-29')
    expect(shiftDay('2026-12-31', 1)).toBe('2027-01-01')
  })

  it('counts the days between two days, whatever the time of day', () => {
    expect(daysBetween('2026-11-28', '2026-11-28')).toBe(0)
    expect(daysBetween('2026-11-28T23:00:00.000Z', '2026-12-01T01:00:00.000Z')).toBe(3)
  })

  it('lists every day of a span with both of its ends', () => {
    expect(listDays({ from: '2026-11-29', to: '2026-12-02' })).toEqual([
      '2026-11-29',
      '2026-11-30',
      '2026-12-01',
      '2026-12-02',
    ])
    expect(listDays({ from: '2026-11-29', to: '2026-11-29' })).toEqual(['2026-11-29'])
  })
})
