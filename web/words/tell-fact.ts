import type { Fact } from '../../shared/domain/catalog/career.ts'

type Measured = Pick<Fact, 'metric' | 'value' | 'unit'>

/** The value as people write it: `$40,430 a year`, `15%`, or the words that it is. */
export function tellValue({ metric, value, unit }: Measured): string {
  if (typeof value === 'string') return unit === undefined ? value : `${value} ${unit}`
  const number = value.toLocaleString('en-US')
  if (unit === 'USD')
    return `${dollars(value)}${/annual/.test(metric) ? ' a year' : /hourly/.test(metric) ? ' an hour' : ''}`
  if (unit === 'percent') return `${number}%`
  return unit === undefined ? number : `${number} ${unit}`
}

/** Says so where a fact is past its time, and nothing where it still holds. */
export function tellStaleness({ expiresAt }: Pick<Fact, 'expiresAt'>, now: Date): string | undefined {
  if (Date.parse(expiresAt) > now.getTime()) return undefined
  return `Out of date since ${tellMonth(expiresAt)}`
}

// Whole dollars stand without cents.
function dollars(value: number): string {
  return value.toLocaleString('en-US', { style: 'currency', currency: 'USD', trailingZeroDisplay: 'stripIfInteger' })
}

function tellMonth(instant: string): string {
  return new Date(instant).toLocaleDateString('en-US', { month: 'short', year: 'numeric', timeZone: 'UTC' })
}
