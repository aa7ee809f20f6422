/**
 * Date sums. An instant is ISO 8601 in UTC with milliseconds; a day is its date, `2026-11-28`, and counts as an instant
 * that is its first. Time zones of schools are the business of routing/windows.ts.
 */

export const secondsPerDay = 86_400
const msPerDay = secondsPerDay * 1000

export function addSeconds(instant: string, seconds: number): string {
  return new Date(Date.parse(instant) + seconds * 1000).toISOString()
}

export function addHours(instant: string, hours: number): string {
  return addSeconds(instant, hours * 3600)
}

export function addDays(instant: string, days: number): string {
  return addSeconds(instant, days * secondsPerDay)
}

/** That many business days later at the same time (UTC). Public holidays count, so a deadline is rather too early than too late. */
export function addBusinessDays(instant: string, businessDays: number): string {
  let end = instant
  for (let left = businessDays; left > 0; ) {
    end = addDays(end, 1)
    const weekday = new Date(end).getUTCDay()
    if (weekday !== 0 && weekday !== 6) left -= 1
  }
  return end
}

/** How many business days begin after one instant and by the other. */
export function countBusinessDays(from: string, to: string): number {
  let count = 0
  for (let at = addBusinessDays(from, 1); at <= to; at = addBusinessDays(at, 1)) count += 1
  return count
}

/** The day of an instant, as `2026-11-28`. */
export function toDay(instant: string): string {
  return instant.slice(0, 10)
}

/** The day that is so many days later, or earlier if `days` is negative. */
export function shiftDay(day: string, days: number): string {
  return toDay(addDays(day, days))
}

/** How many days `to` is after `from`; 0 on the same day. */
export function daysBetween(from: string, to: string): number {
  return (Date.parse(toDay(to)) - Date.parse(toDay(from))) / msPerDay
}

/** Every day of a span, oldest first. Both ends are inclusive. */
export function listDays({ from, to }: { from: string; to: string }): string[] {
  return Array.from({ length: daysBetween(from, to) + 1 }, (_, index) => shiftDay(from, index))
}
