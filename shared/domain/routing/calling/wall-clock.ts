/** Returns the instant of a time of day in a place. One that clocks skip or repeat is one of the two instants an hour apart. */
export function toInstant(day: string, time: string, timeZone: string): string {
  const wallClock = Date.parse(`${day}T${time}:00.000Z`)
  const near = wallClock - getOffset(wallClock, timeZone)
  return new Date(wallClock - getOffset(near, timeZone)).toISOString()
}

function getOffset(at: number, timeZone: string): number {
  return toWallClock(at, timeZone).getTime() - at
}

/**
 * Returns the date and time of a place, as if it were UTC, to the second. Without the calendar that other rules use, which
 * is a fifteenth of the code of the deliverer.
 */
export function toWallClock(at: number, timeZone: string): Date {
  const format = formats.get(timeZone) ?? createFormat(timeZone)
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
  return new Date(Date.UTC(year, month - 1, day, hour, minute, second))
}

const formats = new Map<string, Intl.DateTimeFormat>()

function createFormat(timeZone: string): Intl.DateTimeFormat {
  const numeric = 'numeric' as const
  const fields = { year: numeric, month: numeric, day: numeric, hour: numeric, minute: numeric, second: numeric }
  const format = new Intl.DateTimeFormat('en-US', { ...fields, hourCycle: 'h23', timeZone })
  formats.set(timeZone, format)
  return format
}
