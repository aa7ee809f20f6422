import { Temporal } from 'temporal-polyfill'
import { weekday as weekdayNames } from '../vocabulary.ts'
import type { Hours } from './campaign.ts'
import { localTime } from './windows.ts'

const weekdays = weekdayNames.options

/** Whether a campaign is open at an instant. A campaign without hours is always open. */
export function isOpen(hours: Hours | undefined, at: string, schoolTimeZone: string): boolean {
  if (!hours) return true
  const { weekday, minutes } = localTime(at, hours.timeZone ?? schoolTimeZone)
  const today = weekdays[weekday - 1]
  return hours.open.some(
    ({ days, from, to }) =>
      days.some((day) => day === today) && minutes >= parseMinutes(from) && minutes < parseMinutes(to),
  )
}

/** Returns when the campaign may deliver: `at` if it is open or delivers at any hour, else its next opening. */
export function findNextDeliveryTime(hours: Hours | undefined, at: string, schoolTimeZone: string): string {
  if (!hours || hours.outside === 'deliver' || isOpen(hours, at, schoolTimeZone)) return at
  const localDateTime = Temporal.Instant.from(at).toZonedDateTimeISO(hours.timeZone ?? schoolTimeZone)
  // Two weeks, because a weekly opening can fall entirely into the hour that is skipped in spring.
  const openings = Array.from({ length: 15 }, (_, dayOffset) =>
    localDateTime.toPlainDate().add({ days: dayOffset }),
  ).flatMap((date) => {
    const today = weekdays[date.dayOfWeek - 1]
    return hours.open
      .filter(({ days }) => days.some((day) => day === today))
      .flatMap(({ from }) => resolveWallClock(date.toPlainDateTime(from), localDateTime.timeZoneId))
  })
  const clockChange = localDateTime.getTimeZoneTransition('next')
  const openingTimes = [...openings, ...(clockChange ? [clockChange] : [])].map((opening) => opening.epochMilliseconds)
  const next = openingTimes
    .filter((opening) => opening > Date.parse(at))
    .sort((a, b) => a - b)
    .map((opening) => new Date(opening).toISOString())
    .find((opening) => isOpen(hours, opening, schoolTimeZone))
  return next ?? at
}

// In fall one hour occurs twice. In spring one is skipped, and the clock change itself can be the opening.
function resolveWallClock(wallClock: Temporal.PlainDateTime, timeZone: string): Temporal.ZonedDateTime[] {
  return (['earlier', 'later'] as const).map((disambiguation) =>
    wallClock.toZonedDateTime(timeZone, { disambiguation }),
  )
}

function parseMinutes(clockTime: string): number {
  const [hour = '0', minute = '0'] = clockTime.split(':')
  return Number(hour) * 60 + Number(minute)
}
