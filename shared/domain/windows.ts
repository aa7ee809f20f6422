import { Temporal } from 'temporal-polyfill'
import type { Cap } from './campaign.ts'

/** When a cap's count began and when it begins anew, as UTC instants; the end is exclusive, and a total has none. */
export type Window = { start: string; end?: string }

/**
 * The window of a period that an instant lies in, in an IANA time zone. Windows follow each other without gap or
 * overlap, also where clocks change; a week starts on Monday.
 */
export function windowOf(period: Cap['period'], at: string, timeZone: string): Window {
  if (period === 'total') return { start: 'ever' }
  const here = Temporal.Instant.from(at).toZonedDateTimeISO(timeZone)
  if (period === 'hour') {
    const start = here.round({ smallestUnit: 'hour', roundingMode: 'floor' })
    return {
      start: start.toInstant().toString({ fractionalSecondDigits: 3 }),
      end: start.add({ hours: 1 }).toInstant().toString(),
    }
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
  return date.toZonedDateTime(timeZone).toInstant().toString({ fractionalSecondDigits: 3 })
}

/** Minutes since local midnight and the day of the week (1 is Monday) of an instant in a time zone. */
export function localTime(at: string, timeZone: string): { weekday: number; minutes: number } {
  const here = Temporal.Instant.from(at).toZonedDateTimeISO(timeZone)
  return { weekday: here.dayOfWeek, minutes: here.hour * 60 + here.minute }
}
