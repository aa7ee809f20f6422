import type { Fact } from '../../shared/domain/catalog/fact.ts'
import { factsText } from './visitor.ts'

type FactValue = Pick<Fact, 'metric' | 'value' | 'unit'>

/** The value as people write it, such as `$40,430 a year` or `15%`; a text value stays as it is. */
export function formatFactValue({ metric, value, unit }: FactValue): string {
  if (typeof value === 'string') return unit === undefined ? value : `${value} ${unit}`
  const number = value.toLocaleString('en-US')
  if (unit === 'USD')
    return `${formatDollars(value)}${/annual/.test(metric) ? ' a year' : /hourly/.test(metric) ? ' an hour' : ''}`
  if (unit === 'percent') return `${number}%`
  return unit === undefined ? number : `${number} ${unit}`
}

/** What kind of figure it is and for which area, such as `projected change, United States`; a label that names the kind is not repeated. */
export function formatFactScope({
  label,
  statistic,
  geography,
}: Pick<Fact, 'label' | 'statistic' | 'geography'>): string {
  const kind = statistic === 'mean' ? factsText.average : statistic
  return label.toLowerCase().includes(kind) ? geography : `${kind}, ${geography}`
}

/** The year of an outdated fact, such as `2015 data`; undefined while the fact is current. */
export function formatStaleness({ period, asOf, expiresAt }: Pick<Fact, 'period' | 'asOf' | 'expiresAt'>, now: Date) {
  if (Date.parse(expiresAt) > now.getTime()) return undefined
  return factsText.outdated(/\d{4}/.exec(period)?.[0] ?? asOf.slice(0, 4))
}

// Whole dollars are written without cents.
function formatDollars(value: number): string {
  return value.toLocaleString('en-US', { style: 'currency', currency: 'USD', trailingZeroDisplay: 'stripIfInteger' })
}
