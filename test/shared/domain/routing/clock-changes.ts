import { Temporal } from 'temporal-polyfill'

/** Zones of partner schools, and two with odd offsets; Lord Howe even moves its clocks by half an hour. */
export const zones = [
  'America/New_York',
  'America/Phoenix',
  'America/Los_Angeles',
  'Pacific/Honolulu',
  'America/St_Johns',
  'Australia/Lord_Howe',
] as const
export const zonesThatChangeClocks = zones.filter((zone) => clockChanges(zone).length > 0)

/** Returns every clock change of a zone from 2024 to 2030. */
export function clockChanges(zone: string): string[] {
  const changes: string[] = []
  let transition = Temporal.Instant.from('2024-01-01T00:00:00Z').toZonedDateTimeISO(zone).getTimeZoneTransition('next')
  while (transition && transition.year <= 2030) {
    changes.push(new Date(transition.epochMilliseconds).toISOString())
    transition = transition.getTimeZoneTransition('next')
  }
  return changes
}

/** The wall clock by `Intl`, independent of the library under test. */
export function wallClock(at: number, zone: string): { date: string; month: string; hour: string; weekday: string } {
  const parts = Object.fromEntries(
    getFormat(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  )
  const date = `${parts.year}-${parts.month}-${parts.day}`
  return {
    date,
    month: `${parts.year}-${parts.month}`,
    hour: `${date} ${parts.hour} ${parts.timeZoneName}`,
    weekday: `${parts.weekday}`,
  }
}

const formats = new Map<string, Intl.DateTimeFormat>()
function getFormat(timeZone: string): Intl.DateTimeFormat {
  const cachedFormat = formats.get(timeZone)
  if (cachedFormat) return cachedFormat
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    weekday: 'long',
    timeZoneName: 'longOffset',
  })
  formats.set(timeZone, format)
  return format
}
