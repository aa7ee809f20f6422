import type { Fact } from '../../shared/domain/career.ts'

type Measured = Pick<Fact, 'metric' | 'value' | 'unit'>

/** The value as people write it: `$40,430 a year`, `15%`, or the words that it is. */
export function tellValue({ metric, value, unit }: Measured): string {
  if (typeof value === 'string') return unit === undefined ? value : `${value} ${unit}`
  const number = value.toLocaleString('en-US')
  if (unit === 'USD') return `$${number}${/annual/.test(metric) ? ' a year' : ''}`
  if (unit === 'percent') return `${number}%`
  return unit === undefined ? number : `${number} ${unit}`
}

/** Says so where a fact is past its time, and nothing where it still holds. */
export function tellStaleness({ expiresAt }: Pick<Fact, 'expiresAt'>, now: Date): string | undefined {
  if (Date.parse(expiresAt) > now.getTime()) return undefined
  return `Out of date since ${tellMonth(expiresAt)}`
}

function tellMonth(instant: string): string {
  return new Date(instant).toLocaleDateString('en-US', { month: 'short', year: 'numeric', timeZone: 'UTC' })
}
