import { Temporal } from 'temporal-polyfill'

/** The first and the last millisecond of a calendar day in an IANA time zone, as UTC instants. A day may have 23 or 25 hours. */
export function findDaySpan(day: string, timeZone: string): { from: string; last: string } {
  const date = Temporal.PlainDate.from(day)
  const start = (at: Temporal.PlainDate) => at.toZonedDateTime(timeZone).toInstant().epochMilliseconds
  return {
    from: new Date(start(date)).toISOString(),
    last: new Date(start(date.add({ days: 1 })) - 1).toISOString(),
  }
}

/** The hour of an instant in an IANA time zone. */
export function findLocalHour(instant: string, timeZone: string): number {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).hour
}

/** Today in a time zone. */
export function findToday(now: Date, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone).toPlainDate().toString()
}
