/**
 * The time zone in which an app shows days and times. Staff choose it, and the browser remembers it; the portal uses that
 * of the school. Without either it is that of the browser.
 */
const storageName = 'prospectus-time-zone'
let zone: string | undefined

export function getTimeZone(): string {
  return zone ?? getBrowserZone()
}

export function getBrowserZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone
}

export function setTimeZone(timeZone: string | undefined): void {
  zone = timeZone
}

/** Uses the zone that was chosen in this browser, if it still exists. */
export function restoreTimeZone(): void {
  const stored = localStorage.getItem(storageName) ?? undefined
  setTimeZone(stored !== undefined && listTimeZones().includes(stored) ? stored : undefined)
}

/** Uses a zone from now on; that of the browser is not stored, so that it follows a laptop on its journey. */
export function chooseTimeZone(timeZone: string): void {
  const isBrowserZone = timeZone === getBrowserZone()
  if (isBrowserZone) localStorage.removeItem(storageName)
  else localStorage.setItem(storageName, timeZone)
  setTimeZone(isBrowserZone ? undefined : timeZone)
}

/** The zones of the United States first. */
const commonZones = [
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Phoenix',
  'America/Los_Angeles',
  'America/Anchorage',
  'Pacific/Honolulu',
  'America/Puerto_Rico',
]

/** All time zones, those of the United States and UTC first. */
export function listTimeZones(): string[] {
  return [...new Set([...commonZones, 'UTC', getBrowserZone(), ...Intl.supportedValuesOf('timeZone')])]
}

/** The calendar day of an instant in the zone of the app, such as `2026-11-28`. */
export function toLocalDay(date: Date): string {
  // The format of Canada is that of ISO 8601.
  return getFormat('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit' }).format(date)
}

/** Today in the zone of the app. */
export function getToday(now = new Date()): string {
  return toLocalDay(now)
}

/** The first instant of a day in the zone of the app. */
export function toDayStart(day: string): string {
  const midnight = Date.parse(`${day}T00:00:00.000Z`)
  const near = midnight - findOffset(midnight)
  // The clock may change between the two.
  return new Date(midnight - findOffset(near)).toISOString()
}

/** By how many milliseconds the clocks of the zone are ahead of UTC. */
function findOffset(at: number): number {
  const fields = {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  } as const
  const parts = getFormat('en-CA', { ...fields, hourCycle: 'h23' }).formatToParts(at)
  const [year, month, day, hour, minute, second] = ['year', 'month', 'day', 'hour', 'minute', 'second'].map(
    (type) => parts.find((part) => part.type === type)?.value,
  )
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) - Math.floor(at / 1000) * 1000
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** A format of times in the zone of the app. @param locale absent: the reader's */
export function getFormat(locale: string | undefined, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const timeZone = getTimeZone()
  const name = JSON.stringify([locale, options, timeZone])
  const cached = formats.get(name) ?? new Intl.DateTimeFormat(locale, { ...options, timeZone })
  formats.set(name, cached)
  return cached
}
