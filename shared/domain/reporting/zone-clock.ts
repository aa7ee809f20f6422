import { Temporal } from 'temporal-polyfill'
import { shiftDay } from '../time.ts'

const msPerQuarter = 15 * 60 * 1000

/** Returns the day and hour of an IANA time zone that a quarter of an hour of a day (UTC) is in, for days that may have 23 or 25 hours. */
export function createZoneClock(timeZone: string) {
  const offsets = new Map<string, number>()
  const findOffset = (ms: number) =>
    Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone).offsetNanoseconds / 1e6
  const findDayOffset = (day: string) => {
    const offset = offsets.get(day) ?? findOffset(Date.parse(day))
    offsets.set(day, offset)
    return offset
  }
  return (day: string, quarter: number): { day: string; hour: number } => {
    const ms = Date.parse(day) + quarter * msPerQuarter
    const offset = findDayOffset(day)
    const isChangeDay = offset !== findDayOffset(shiftDay(day, 1))
    const local = new Date(ms + (isChangeDay ? findOffset(ms) : offset)).toISOString()
    return { day: local.slice(0, 10), hour: Number(local.slice(11, 13)) }
  }
}
export type ZoneClock = ReturnType<typeof createZoneClock>
