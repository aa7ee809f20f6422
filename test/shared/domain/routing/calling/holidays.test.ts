import { describe, expect, it } from 'vitest'
import { stateRules } from '#shared/domain/routing/calling/calling-rules.ts'
import {
  dayAfterThanksgiving,
  findHoliday,
  goodFriday,
  type Holiday,
  independenceDay,
  isHoliday,
  laborDay,
  mardiGras,
  martinLutherKing,
  memorialDay,
  newYear,
  thanksgiving,
} from '#shared/domain/routing/calling/holidays.ts'

const election: Holiday = { name: 'Election Day', election: 'even-years' }

describe('a holiday', () => {
  // Federal days: the table of the Office of Personnel Management. Easter and Election Day: almanacs.
  it.each([
    [martinLutherKing, '2026-01-19', '2027-01-18'],
    [mardiGras, '2026-02-17', '2027-02-09'],
    [goodFriday, '2026-04-03', '2027-03-26'],
    [memorialDay, '2026-05-25', '2027-05-31'],
    [laborDay, '2026-09-07', '2027-09-06'],
    [election, '2026-11-03', undefined],
    [thanksgiving, '2026-11-26', '2027-11-25'],
    [dayAfterThanksgiving, '2026-11-27', '2027-11-26'],
  ])('$0.name is on its published day', (holiday, in2026, in2027) => {
    expect([2026, 2027].map((year) => findHoliday(holiday, year))).toEqual([in2026, in2027])
  })

  it('is kept on the neighboring working day if the law says so, also across the turn of the year', () => {
    const observance = { saturday: 'friday', sunday: 'monday' } as const
    // July 4, 2026 is a Saturday, and January 1, 2028 is one.
    expect(isHoliday('2026-07-03', [independenceDay], observance)).toBe(true)
    expect(isHoliday('2026-07-03', [independenceDay])).toBe(false)
    expect(isHoliday('2026-07-06', [independenceDay], observance)).toBe(false)
    expect(isHoliday('2027-12-31', [newYear], observance)).toBe(true)
    // July 4, 2027 is a Sunday.
    expect(isHoliday('2027-07-05', [independenceDay], { sunday: 'monday' })).toBe(true)
  })

  it('of each state with holidays includes New Year’s Day and Christmas', () => {
    for (const { holidays } of stateRules)
      if (holidays) for (const date of ['2026-01-01', '2026-12-25']) expect(isHoliday(date, holidays)).toBe(true)
  })
})
