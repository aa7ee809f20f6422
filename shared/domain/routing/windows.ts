import { Temporal } from 'temporal-polyfill'
import * as z from 'zod'
import { instant, timeZone } from '../vocabulary.ts'
import type { Cap } from './cap.ts'

/**
 * The time zones that a school had before. A calendar day is named by the instant at which it began in `anchor`, the first
 * of them, so that its counters keep their names.
 */
export const calendar = z.object({
  anchor: timeZone,
  former: z.array(z.object({ timeZone, until: instant })),
})
export type SchoolClock = { timeZone: string; calendar?: z.output<typeof calendar> | undefined }

/** The window in which a cap counts, as UTC instants. The end is exclusive; a total has none. */
export type CapWindow = { start: string; end?: string }

/**
 * Returns the window of a period that contains an instant, in an IANA time zone. Windows have no gap or overlap, also
 * when clocks change. A week starts on Monday.
 */
export function findCapWindow(period: Cap['period'], at: string, timeZone: string): CapWindow {
  if (period === 'total') return { start: 'ever' }
  const name = `${period} ${timeZone}`
  const cachedWindow = windowCache.get(name)
  if (cachedWindow && isWithin(cachedWindow, at)) return cachedWindow
  const capWindow = computeWindow(period, at, timeZone)
  windowCache.set(name, capWindow)
  return capWindow
}

/** A window with the name under which its leads are counted. */
export type CountedWindow = CapWindow & { name: string }

/**
 * Returns the windows that count a lead of an instant: the window of the school's time zone, and the windows of earlier
 * time zones that were running when they were changed and have not ended yet. A change of the time zone therefore never
 * opens a window before the running one has ended, and a calendar day that continues keeps its counter.
 */
export function findCountedWindows(
  period: Cap['period'],
  at: string,
  clock: SchoolClock,
): [CountedWindow, ...CountedWindow[]] {
  const { timeZone, calendar } = clock
  const current = nameWindow(period, findCapWindow(period, at, timeZone), timeZone, calendar?.anchor)
  const running = (calendar?.former ?? []).flatMap((former) => {
    const window = findCapWindow(period, former.until, former.timeZone)
    const isRunning = window.end !== undefined && isWithin({ start: window.start, end: window.end }, at)
    return isRunning ? [nameWindow(period, window, former.timeZone, calendar?.anchor)] : []
  })
  const others = running.filter(
    ({ name }, index) => name !== current.name && running.findIndex((other) => other.name === name) === index,
  )
  return [current, ...others]
}

function nameWindow(period: Cap['period'], window: CapWindow, timeZone: string, anchor = timeZone): CountedWindow {
  // Hours are the same in most time zones, and they have no date.
  if (anchor === timeZone || period === 'hour' || period === 'total') return { ...window, name: window.start }
  const date = Temporal.Instant.from(window.start).toZonedDateTimeISO(timeZone).toPlainDate()
  return { ...window, name: toStartInstant(date, anchor) }
}

// Calendar arithmetic costs 0.1 ms for each cap of each candidate, and most caps need the same few windows.
const windowCache = new Map<string, CapWindow & { end: string }>()

function isWithin({ start, end }: { start: string; end: string }, at: string): boolean {
  return Date.parse(start) <= Date.parse(at) && Date.parse(at) < Date.parse(end)
}

function computeWindow(period: Exclude<Cap['period'], 'total'>, at: string, timeZone: string) {
  const localDateTime = Temporal.Instant.from(at).toZonedDateTimeISO(timeZone)
  if (period === 'hour') {
    // Elapsed time, cut at clock changes: on Lord Howe Island clocks move by half an hour.
    const { minute, second, millisecond, microsecond, nanosecond } = localDateTime
    const offsetIntoHour = {
      minutes: minute,
      seconds: second,
      milliseconds: millisecond,
      microseconds: microsecond,
      nanoseconds: nanosecond,
    }
    const first = localDateTime.subtract(offsetIntoHour)
    const before = localDateTime.add({ nanoseconds: 1 }).getTimeZoneTransition('previous')
    const after = localDateTime.getTimeZoneTransition('next')
    const start = before && Temporal.ZonedDateTime.compare(before, first) > 0 ? before : first
    const next = first.add({ hours: 1 })
    const end = after && Temporal.ZonedDateTime.compare(after, next) < 0 ? after : next
    return { start: toIso(start), end: toIso(end) }
  }
  const date = localDateTime.toPlainDate()
  const first = {
    day: date,
    week: date.subtract({ days: date.dayOfWeek - 1 }),
    month: date.with({ day: 1 }),
  }[period]
  const next = first.add({ day: { days: 1 }, week: { weeks: 1 }, month: { months: 1 } }[period])
  return { start: toStartInstant(first, timeZone), end: toStartInstant(next, timeZone) }
}

function toStartInstant(date: Temporal.PlainDate, timeZone: string): string {
  return toIso(date.toZonedDateTime(timeZone))
}

function toIso(at: Temporal.ZonedDateTime): string {
  return at.toInstant().toString({ fractionalSecondDigits: 3 })
}

/** Returns the local day of the week (1 is Monday) and the minutes since local midnight of an instant. */
export function localTime(at: string, timeZone: string): { weekday: number; minutes: number } {
  const localDateTime = Temporal.Instant.from(at).toZonedDateTimeISO(timeZone)
  return { weekday: localDateTime.dayOfWeek, minutes: localDateTime.hour * 60 + localDateTime.minute }
}
