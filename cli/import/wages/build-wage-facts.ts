import type { Fact } from '#shared/domain/catalog/fact.ts'
import { wagesSource } from '#shared/domain/catalog/public-sources.ts'
import { nameFact, type Occupation } from '../careers/name-fact.ts'
import { type TableRow, toNumber, toText } from '../files/create-table-reader.ts'
import type { TopCode } from './find-top-code.ts'
import type { WageColumn } from './wage-columns.ts'

export type WageRow = TableRow<WageColumn>
/** A release and its validity. `year`: of the May. */
export type WageRelease = Pick<Fact, 'period' | 'asOf' | 'expiresAt'> & { year: number }
export type WageFigures = { facts: Omit<Fact, 'geography'>[]; notes: string[] }

const wageMeasure = <Column extends WageColumn>(metric: string, label: string, column: Column, statistic: string) =>
  ({ metric, label, column, statistic, unit: 'USD', per: metric.includes('hourly') ? 'hourly' : 'annual' }) as const

/** The facts of a row, in display order. */
const measures = [
  wageMeasure('median-annual-wage', 'Median annual wage', 'A_MEDIAN', 'median'),
  wageMeasure('mean-annual-wage', 'Mean annual wage', 'A_MEAN', 'mean'),
  wageMeasure('annual-wage-10th-percentile', '10th percentile of annual wages', 'A_PCT10', '10th percentile'),
  wageMeasure('annual-wage-90th-percentile', '90th percentile of annual wages', 'A_PCT90', '90th percentile'),
  wageMeasure('median-hourly-wage', 'Median hourly wage', 'H_MEDIAN', 'median'),
  wageMeasure('mean-hourly-wage', 'Mean hourly wage', 'H_MEAN', 'mean'),
  wageMeasure('hourly-wage-10th-percentile', '10th percentile of hourly wages', 'H_PCT10', '10th percentile'),
  wageMeasure('hourly-wage-90th-percentile', '90th percentile of hourly wages', 'H_PCT90', '90th percentile'),
  { metric: 'employment', label: 'Employment', column: 'TOT_EMP', statistic: 'estimate', unit: 'jobs', per: 'jobs' },
] as const

/** Which metrics this source fills: what it filled before and withholds now is removed. */
export const wageMetrics: readonly string[] = measures.map(({ metric }) => metric)

const employmentNote = 'Jobs of employees: the self-employed are not counted.'

/**
 * The figures of one row. A top-coded wage (`#`) has the value `$239,200 or more`; a wage or employment that is not available (`*`, `**`, `~`)
 * has no figure. A note names both.
 */
export function buildWageFigures(row: WageRow, { release, topCode, occupation }: WageContext): WageFigures {
  const { year: _, ...validity } = release
  const cells = measures.map((measure) => ({ ...measure, text: toText(row(measure.column)) }))
  const unavailable = cells.filter(({ text }) => ['*', '**', '~'].includes(text)).map(({ label }) => label)
  const unknownTopCodes = topCode ? [] : cells.filter(({ text }) => text === '#').map(({ label }) => label)
  const { code } = occupation
  return {
    facts: cells.flatMap(({ metric, label, column, text, per, ...rest }) => {
      const value = per !== 'jobs' && text === '#' ? topCode && `${topCode[per]} or more` : toNumber(row(column))
      if (value === undefined) return []
      const { unit, ...kind } = rest
      const named = nameFact(metric, label, occupation, per === 'jobs' ? employmentNote : undefined)
      return [
        {
          ...named,
          value,
          ...(typeof value === 'number' && { unit }),
          statistic: kind.statistic,
          ...validity,
          source: wagesSource,
        },
      ]
    }),
    notes: [
      ...(unavailable.length > 0 ? [`${code}: not available in ${release.period}: ${unavailable.join(', ')}.`] : []),
      ...(unknownTopCodes.length > 0
        ? [
            `${code}: at or above the highest wage that the survey tells (#), which the file does not say: ${unknownTopCodes.join(', ')}.`,
          ]
        : []),
    ],
  }
}
type WageContext = { release: WageRelease; topCode: TopCode | undefined; occupation: Occupation }
