import { Temporal } from 'temporal-polyfill'
import * as z from 'zod'
import { instant } from '../../vocabulary.ts'
import { type CallingRule, getCallingRule } from './calling-rules.ts'
import { isHoliday } from './holidays.ts'
import { findTimeZoneOfZip } from './time-zone-of-zip.ts'

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

// Calendar arithmetic costs 0.1 ms, and most leads of an hour are in the same few windows.
const windowCache = new Map<string, { from: string; window: ContactWindow }>()

// No state has so many closed days in a row.
const maxDays = 14

function computeWindow(rule: CallingRule, timeZone: string, at: string): ContactWindow {
  const today = Temporal.Instant.from(at).toZonedDateTimeISO(timeZone).toPlainDate()
  for (let days = 0; days <= maxDays; days += 1) {
    const date = today.add({ days })
    const hours = getHours(rule, date)
    const closesAt = hours && toInstant(date, hours.to, timeZone)
    if (hours && closesAt && closesAt > at)
      return { opensAt: toInstant(date, hours.from, timeZone), closesAt, rule: rule.id }
  }
  throw new Error(`The calling rule of ${rule.id} has no hours within ${maxDays} days.`)
}

function getHours({ weekdays, saturday, sunday, holidays = [], observance }: CallingRule, date: Temporal.PlainDate) {
  const hours = date.dayOfWeek === 7 ? sunday : date.dayOfWeek === 6 ? saturday : weekdays
  return hours === 'closed' || isHoliday(date, holidays, observance) ? undefined : hours
}

function toInstant(date: Temporal.PlainDate, time: string, timeZone: string): string {
  const wallClock = date.toPlainDateTime(Temporal.PlainTime.from(time))
  return wallClock.toZonedDateTime(timeZone).toInstant().toString({ fractionalSecondDigits: 3 })
}
