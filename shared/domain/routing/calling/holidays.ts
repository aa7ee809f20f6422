import { shiftDay } from '../../time.ts'

/** A holiday as a law names it: a date, a weekday of a month, days from Easter Sunday, or the day of a general election. */
export type Holiday =
  | { name: string; month: number; day: number }
  | { name: string; month: number; weekday: number; nth: 1 | 2 | 3 | 4 | 'last'; plusDays?: number }
  | { name: string; easterPlusDays: number }
  | { name: string; election: 'every-year' | 'even-years' }

/** On which day a holiday is kept as well if its date is a Saturday or a Sunday. */
export type Observance = { saturday?: 'friday'; sunday?: 'monday' }

const monday = 1
const thursday = 4

export const newYear: Holiday = { name: 'New Year’s Day', month: 1, day: 1 }
export const martinLutherKing: Holiday = { name: 'Martin Luther King Jr. Day', month: 1, weekday: monday, nth: 3 }
export const presidentsDay: Holiday = { name: 'Presidents’ Day', month: 2, weekday: monday, nth: 3 }
export const mardiGras: Holiday = { name: 'Mardi Gras', easterPlusDays: -47 }
export const goodFriday: Holiday = { name: 'Good Friday', easterPlusDays: -2 }
export const memorialDay: Holiday = { name: 'Memorial Day', month: 5, weekday: monday, nth: 'last' }
export const juneteenth: Holiday = { name: 'Juneteenth', month: 6, day: 19 }
export const independenceDay: Holiday = { name: 'Independence Day', month: 7, day: 4 }
export const laborDay: Holiday = { name: 'Labor Day', month: 9, weekday: monday, nth: 1 }
export const columbusDay: Holiday = { name: 'Columbus Day', month: 10, weekday: monday, nth: 2 }
export const veteransDay: Holiday = { name: 'Veterans Day', month: 11, day: 11 }
export const thanksgiving: Holiday = { name: 'Thanksgiving', month: 11, weekday: thursday, nth: 4 }
export const dayAfterThanksgiving: Holiday = { ...thanksgiving, name: 'Day after Thanksgiving', plusDays: 1 }
export const christmas: Holiday = { name: 'Christmas', month: 12, day: 25 }

/** Whether one of the holidays is on a day, such as 2026-11-26, or is kept on it because its own day is on a weekend. */
export function isHoliday(day: string, holidays: readonly Holiday[], observance: Observance = {}): boolean {
  const year = Number(day.slice(0, 4))
  // The eve of a new year may be the day on which its first day is kept.
  return holidays.some((holiday) =>
    [year, year + 1].some((one) => {
      const own = findHoliday(holiday, one)
      return own !== undefined && listObservedDays(own, observance).includes(day)
    }),
  )
}

function listObservedDays(day: string, { saturday, sunday }: Observance): string[] {
  const weekday = getWeekday(day)
  if (saturday && weekday === 6) return [day, shiftDay(day, -1)]
  if (sunday && weekday === 7) return [day, shiftDay(day, 1)]
  return [day]
}

/** Returns the day of the week of a day: 1 is Monday. */
export function getWeekday(day: string): number {
  return new Date(day).getUTCDay() || 7
}

/** Returns the day of a holiday in a year; undefined in a year without it. */
export function findHoliday(holiday: Holiday, year: number): string | undefined {
  if ('day' in holiday) return formatDay(year, holiday.month, holiday.day)
  if ('easterPlusDays' in holiday) return shiftDay(findEaster(year), holiday.easterPlusDays)
  if ('election' in holiday)
    return holiday.election === 'even-years' && year % 2 !== 0
      ? undefined
      : shiftDay(findWeekday({ month: 11, weekday: monday, nth: 1 }, year), 1)
  return shiftDay(findWeekday(holiday, year), holiday.plusDays ?? 0)
}

function formatDay(year: number, month: number, day: number): string {
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10)
}

type WeekdayOfMonth = { month: number; weekday: number; nth: 1 | 2 | 3 | 4 | 'last' }

function findWeekday({ month, weekday, nth }: WeekdayOfMonth, year: number): string {
  const first = formatDay(year, month, 1)
  const firstMatch = shiftDay(first, (weekday - getWeekday(first) + 7) % 7)
  if (nth !== 'last') return shiftDay(firstMatch, 7 * (nth - 1))
  const fifth = shiftDay(firstMatch, 28)
  return fifth.slice(0, 7) === first.slice(0, 7) ? fifth : shiftDay(firstMatch, 21)
}

/** Easter Sunday of the Gregorian calendar, by the method of Meeus, Jones and Butcher. */
function findEaster(year: number): string {
  const century = Math.floor(year / 100)
  const cycle = year % 19
  const correction = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3)
  const epact = (19 * cycle + century - Math.floor(century / 4) - correction + 15) % 30
  const weekdayShift = (32 + 2 * (century % 4) + 2 * Math.floor((year % 100) / 4) - epact - (year % 4)) % 7
  const lateShift = Math.floor((cycle + 11 * epact + 22 * weekdayShift) / 451)
  const dayNumber = epact + weekdayShift - 7 * lateShift + 114
  return formatDay(year, Math.floor(dayNumber / 31), (dayNumber % 31) + 1)
}
