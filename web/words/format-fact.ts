import type { Fact } from '../../shared/domain/catalog/career.ts'

type FactValue = Pick<Fact, 'metric' | 'value' | 'unit'>

/** The value as people write it: `$40,430 a year`, `15%`, or the words that it is. */
export function formatFactValue({ metric, value, unit }: FactValue): string {
  if (typeof value === 'string') return unit === undefined ? value : `${value} ${unit}`
  const number = value.toLocaleString('en-US')
  if (unit === 'USD')
    return `${formatDollars(value)}${/annual/.test(metric) ? ' a year' : /hourly/.test(metric) ? ' an hour' : ''}`
  if (unit === 'percent') return `${number}%`
  return unit === undefined ? number : `${number} ${unit}`
}

/** Says so where a fact is past its time, and nothing where it still holds. */
export function formatStaleness({ expiresAt }: Pick<Fact, 'expiresAt'>, now: Date): string | undefined {
  if (Date.parse(expiresAt) > now.getTime()) return undefined
  return `Out of date since ${formatMonth(expiresAt)}`
}

// Whole dollars stand without cents.
function formatDollars(value: number): string {
  return value.toLocaleString('en-US', { style: 'currency', currency: 'USD', trailingZeroDisplay: 'stripIfInteger' })
}

function formatMonth(instant: string): string {
  return new Date(instant).toLocaleDateString('en-US', { month: 'short', year: 'numeric', timeZone: 'UTC' })
}
