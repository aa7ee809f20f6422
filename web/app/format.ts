import { getFormat } from './time-zone.ts'

/** Formats an instant in the zone of the app and names the zone. */
export function formatInstant(at: string): string {
  return getFormat(undefined, zoneStyle).format(new Date(at))
}

// A deadline names its zone: people forward it.
const zoneStyle = {
  year: 'numeric',
  month: 'short',
  day: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
  timeZoneName: 'short',
} as const

const timeStyle = { hour: 'numeric', minute: '2-digit' } as const

/** The time of day of an instant in the zone of the app. */
export function formatTime(at: string): string {
  return getFormat(undefined, timeStyle).format(new Date(at))
}

const dayFormat = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' })

/** Formats a calendar day, such as `2026-11-28`, which has no time zone. */
export function formatDay(day: string): string {
  const date = new Date(day)
  return Number.isNaN(date.getTime()) ? day : dayFormat.format(date)
}

const monthFormat = new Intl.DateTimeFormat(undefined, { month: 'long', year: 'numeric', timeZone: 'UTC' })

/** Formats a calendar month, such as `2026-11`. */
export function formatMonth(month: string): string {
  return monthFormat.format(new Date(`${month}-01`))
}

const moneyFormat = new Intl.NumberFormat(undefined, { style: 'currency', currency: 'USD' })

export function formatMoney(cents: number): string {
  return moneyFormat.format(cents / 100)
}

const numberFormat = new Intl.NumberFormat()

export function formatNumber(value: number): string {
  return numberFormat.format(value)
}

const percentFormat = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 1 })

/** @param share from 0 to 1 */
export function formatPercent(share: number): string {
  return percentFormat.format(share)
}

/** @param ms milliseconds */
export function formatDuration(ms: number): string {
  if (ms < 1000) return formatUnit(Math.round(ms), 'millisecond')
  if (ms < 60_000) return formatUnit(ms / 1000, 'second')
  if (ms < 3_600_000) return formatUnit(Math.round(ms / 60_000), 'minute')
  return formatUnit(ms / 3_600_000, 'hour')
}

function formatUnit(value: number, unit: 'millisecond' | 'second' | 'minute' | 'hour'): string {
  return new Intl.NumberFormat(undefined, { style: 'unit', unit, maximumFractionDigits: 1 }).format(value)
}

/** Such as `Central Time` for `America/Chicago`. */
export function formatZoneName(timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longGeneric' }).formatToParts(0)
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? timeZone
}
