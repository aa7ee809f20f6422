import * as z from 'zod'
import { shiftDay } from '../../time.ts'
import { instant } from '../../vocabulary.ts'
import { type CallingRule, getCallingRule } from './calling-rules.ts'
import { getWeekday, isHoliday } from './holidays.ts'
import { findTimeZoneOfZip } from './time-zone-of-zip.ts'
import { toInstant, toWallClock } from './wall-clock.ts'

export const contactWindow = z
  .strictObject({
    opensAt: instant,
    closesAt: instant.meta({ description: 'Exclusive.' }),
    rule: z.string().meta({ description: '`US`, or the state whose stricter rule decided.' }),
  })
  .meta({
    id: 'ContactWindow',
    description: 'When the visitor may be called: the window that is open, or else the next one.',
  })
export type ContactWindow = z.output<typeof contactWindow>
/** Where a visitor is, as far as they said. */
export type VisitorPlace = { zip: string; state: string }

/**
 * Returns the window in which the visitor may be called that is open at an instant, or else the next one, by the stricter of
 * federal and state law. Undefined if the ZIP code has no time zone.
 */
export function findContactWindow(place: VisitorPlace, at: string): ContactWindow | undefined {
  const timeZone = findTimeZoneOfZip(place)
  if (timeZone === undefined) return undefined
  const rule = getCallingRule(place.state)
  const name = `${rule.id} ${timeZone}`
  const cached = windowCache.get(name)
  if (cached && cached.from <= at && at < cached.window.closesAt) return cached.window
  const window = computeWindow(rule, timeZone, at)
  windowCache.set(name, { from: at, window })
  return window
}

/** Returns when the visitor may be called next: `at` if a window is open, or if there is no rule for the place. */
export function findNextContactTime(place: VisitorPlace, at: string): string {
  const window = findContactWindow(place, at)
  return window && window.opensAt > at ? window.opensAt : at
}

// Calendar arithmetic takes time, and most leads of an hour are in the same few windows.
const windowCache = new Map<string, { from: string; window: ContactWindow }>()

// No state has so many closed days in a row.
const maxDays = 14

/** The clock changes at night, when no rule opens or closes, so that each of these times occurs once. */
function computeWindow(rule: CallingRule, timeZone: string, at: string): ContactWindow {
  const today = toWallClock(Date.parse(at), timeZone).toISOString().slice(0, 10)
  for (let days = 0; days <= maxDays; days += 1) {
    const day = shiftDay(today, days)
    const hours = getHours(rule, day)
    const closesAt = hours && toInstant(day, hours.to, timeZone)
    if (hours && closesAt && closesAt > at)
      return { opensAt: toInstant(day, hours.from, timeZone), closesAt, rule: rule.id }
  }
  throw new Error(`The calling rule of ${rule.id} has no hours within ${maxDays} days.`)
}

function getHours({ weekdays, saturday, sunday, holidays = [], observance }: CallingRule, day: string) {
  const weekday = getWeekday(day)
  const hours = weekday === 7 ? sunday : weekday === 6 ? saturday : weekdays
  return hours === 'closed' || isHoliday(day, holidays, observance) ? undefined : hours
}
