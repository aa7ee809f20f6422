import type { Fact } from '#shared/domain/catalog/career.ts'
import { nameFact, type Occupation } from '../careers/name-fact.ts'
import { type TableRow, toNumber, toText } from '../files/create-table-reader.ts'
import type { WageColumn } from './wage-columns.ts'

export type WageRow = TableRow<WageColumn>
/** A release and its validity. */
export type WageRelease = Pick<Fact, 'period' | 'asOf' | 'expiresAt'>
export type WageFacts = { facts: Fact[]; topCoded: string[] }

export const wagesSource = {
  name: 'U.S. Bureau of Labor Statistics, Occupational Employment and Wage Statistics',
  url: 'https://www.bls.gov/oes/tables.htm',
}

/** The facts of a row, in display order. */
const measures = [
  { metric: 'mean-annual-wage', label: 'Mean annual wage', column: 'A_MEAN', statistic: 'mean', unit: 'USD' },
  { metric: 'median-annual-wage', label: 'Median annual wage', column: 'A_MEDIAN', statistic: 'median', unit: 'USD' },
  ...(['10', '90'] as const).map((rank) => percentileMeasure('annual', rank)),
  { metric: 'mean-hourly-wage', label: 'Mean hourly wage', column: 'H_MEAN', statistic: 'mean', unit: 'USD' },
  { metric: 'median-hourly-wage', label: 'Median hourly wage', column: 'H_MEDIAN', statistic: 'median', unit: 'USD' },
  ...(['10', '90'] as const).map((rank) => percentileMeasure('hourly', rank)),
  { metric: 'employment', label: 'Employment', column: 'TOT_EMP', statistic: 'estimate', unit: 'jobs' },
] as const satisfies readonly { column: WageColumn; [key: string]: string }[]

/**
 * The facts of one row. Suppressed values (`*`, `**`, `~`) and top-coded wages (`#`) are left out: they have no exact figure.
 */
export function buildWageFacts(row: WageRow, release: WageRelease, { isNation, occupation }: WageContext): WageFacts {
  const geography = isNation ? 'United States' : toText(row('AREA_TITLE'))
  const figures = measures.map(({ metric, label, column, ...rest }) => {
    const value = toNumber(row(column))
    const fullLabel = [label, ...(isNation ? [] : [`in ${geography}`])].join(' ')
    return {
      isTopCoded: toText(row(column)) === '#',
      words: fullLabel,
      fact:
        value === undefined
          ? []
          : [{ ...nameFact(metric, fullLabel, occupation), value, ...rest, ...release, geography }],
    }
  })
  return {
    facts: figures.flatMap(({ fact }) => fact).map((fact) => ({ ...fact, source: wagesSource })),
    topCoded: figures.filter(({ isTopCoded }) => isTopCoded).map(({ words: fullLabel }) => fullLabel),
  }
}
type WageContext = { isNation: boolean; occupation: Occupation }

function percentileMeasure<Rank extends '10' | '90'>(per: 'annual' | 'hourly', rank: Rank) {
  return {
    metric: `${per}-wage-${rank}th-percentile`,
    label: `${rank}th percentile of ${per} wages`,
    column: per === 'annual' ? (`A_PCT${rank}` as const) : (`H_PCT${rank}` as const),
    statistic: `${rank}th percentile`,
    unit: 'USD',
  } as const
}
