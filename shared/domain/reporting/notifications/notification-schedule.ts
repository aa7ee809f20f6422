import { Temporal } from 'temporal-polyfill'
import { addSeconds } from '../../time.ts'

/** Seconds from each failed attempt to the next. After the last, what could not be sent stays in the list only. */
const retryDelays = [60, 5 * 60, 30 * 60, 2 * 3600, 6 * 3600] as const

/** Returns when to try again after so many failures; undefined after the last. */
export function computeNextNotificationAttempt(failures: number, at: string): string | undefined {
  const delay = retryDelays[failures - 1]
  return delay === undefined ? undefined : addSeconds(at, delay)
}

const digestHour = 8

/** When the next daily email is sent: at 8 in the morning of the reader's zone. */
export function findNextDigest(at: string, timeZone: string): string {
  const now = Temporal.Instant.from(at).toZonedDateTimeISO(timeZone)
  const today = now.with({ hour: digestHour, minute: 0, second: 0, millisecond: 0, microsecond: 0, nanosecond: 0 })
  const next = Temporal.ZonedDateTime.compare(today, now) > 0 ? today : today.add({ days: 1 })
  return next.toInstant().toString({ smallestUnit: 'millisecond' })
}
