import { Temporal } from 'temporal-polyfill'
import type { Cap } from './cap.ts'

/** When a cap's count began and when it begins anew, as UTC instants; the end is exclusive, and a total has none. */
export type Window = { start: string; end?: string }

/**
 * The window of a period that an instant lies in, in an IANA time zone. Windows follow each other without gap or
 * overlap, also where clocks change; a week starts on Monday.
 */
export function windowOf(period: Cap['period'], at: string, timeZone: string): Window {
  if (period === 'total') return { start: 'ever' }
  const name = `${period} ${timeZone}`
  const last = lastFound.get(name)
  if (last && holds(last, at)) return last
  const found = findWindow(period, at, timeZone)
  lastFound.set(name, found)
  return found
}

// A calendar's arithmetic costs 0.1 ms, every candidate's caps ask for it, and most ask of the same hour, day or month.
const lastFound = new Map<string, Window & { end: string }>()

function holds({ start, end }: { start: string; end: string }, at: string): boolean {
  return Date.parse(start) <= Date.parse(at) && Date.parse(at) < Date.parse(end)
}

function findWindow(period: Exclude<Cap['period'], 'total'>, at: string, timeZone: string) {
  const here = Temporal.Instant.from(at).toZonedDateTimeISO(timeZone)
  if (period === 'hour') {
    // Counted back and forth in time that passes, and cut where clocks change: on Lord Howe they move by half an hour.
    const { minute, second, millisecond, microsecond, nanosecond } = here
    const since = {
      minutes: minute,
      seconds: second,
      milliseconds: millisecond,
      microseconds: microsecond,
      nanoseconds: nanosecond,
    }
    const first = here.subtract(since)
    const before = here.add({ nanoseconds: 1 }).getTimeZoneTransition('previous')
    const after = here.getTimeZoneTransition('next')
    const start = before && Temporal.ZonedDateTime.compare(before, first) > 0 ? before : first
    const next = first.add({ hours: 1 })
    const end = after && Temporal.ZonedDateTime.compare(after, next) < 0 ? after : next
    return { start: told(start), end: told(end) }
  }
  const date = here.toPlainDate()
  const first = {
    day: date,
    week: date.subtract({ days: date.dayOfWeek - 1 }),
    month: date.with({ day: 1 }),
  }[period]
  const next = first.add({ day: { days: 1 }, week: { weeks: 1 }, month: { months: 1 } }[period])
  return { start: startOf(first, timeZone), end: startOf(next, timeZone) }
}

function startOf(date: Temporal.PlainDate, timeZone: string): string {
  return told(date.toZonedDateTime(timeZone))
}

function told(at: Temporal.ZonedDateTime): string {
  return at.toInstant().toString({ fractionalSecondDigits: 3 })
}

/** Minutes since local midnight and the day of the week (1 is Monday) of an instant in a time zone. */
export function localTime(at: string, timeZone: string): { weekday: number; minutes: number } {
  const here = Temporal.Instant.from(at).toZonedDateTimeISO(timeZone)
  return { weekday: here.dayOfWeek, minutes: here.hour * 60 + here.minute }
}
