import { Temporal } from 'temporal-polyfill'
import type { Hours } from './campaign.ts'
import { localTime } from './windows.ts'

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const

/** Whether a campaign is open at an instant. One without hours always is. */
export function isOpen(hours: Hours | undefined, at: string, schoolTimeZone: string): boolean {
  if (!hours) return true
  const { weekday, minutes } = localTime(at, hours.timeZone ?? schoolTimeZone)
  const today = weekdays[weekday - 1]
  return hours.open.some(
    ({ days, from, to }) => days.some((day) => day === today) && minutes >= minutesOf(from) && minutes < minutesOf(to),
  )
}

/** When the campaign may deliver: now if it is open or delivers at any hour, else when it next opens. */
export function deliverableAt(hours: Hours | undefined, at: string, schoolTimeZone: string): string {
  if (!hours || hours.outside === 'deliver' || isOpen(hours, at, schoolTimeZone)) return at
  const here = Temporal.Instant.from(at).toZonedDateTimeISO(hours.timeZone ?? schoolTimeZone)
  const openings = [0, 1, 2, 3, 4, 5, 6, 7].flatMap((later) => {
    const date = here.toPlainDate().add({ days: later })
    const today = weekdays[date.dayOfWeek - 1]
    return hours.open
      .filter(({ days }) => days.some((day) => day === today))
      .map(({ from }) =>
        date
          .toZonedDateTime({ timeZone: here.timeZoneId, plainTime: from })
          .toInstant()
          .toString({ fractionalSecondDigits: 3 }),
      )
  })
  return openings.filter((opening) => opening > at).sort()[0] ?? at
}

function minutesOf(clockTime: string): number {
  const [hour = '0', minute = '0'] = clockTime.split(':')
  return Number(hour) * 60 + Number(minute)
}
