import * as z from 'zod'
import { shiftDay } from '../../time.ts'
import { instant } from '../../vocabulary.ts'
import { type CallingRule, getCallingRule } from './calling-rules.ts'
import { getWeekday, isHoliday } from './holidays.ts'
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

// Calendar arithmetic takes time, and most leads of an hour are in the same few windows.
const windowCache = new Map<string, { from: string; window: ContactWindow }>()

// No state has so many closed days in a row.
const maxDays = 14

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

/** The clock changes at night, when no rule opens or closes, so that each of these times occurs once. */
function toInstant(day: string, time: string, timeZone: string): string {
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
function toWallClock(at: number, timeZone: string): Date {
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
