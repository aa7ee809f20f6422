import type { Fact } from '#shared/domain/catalog/career.ts'
import { nameFact, type Occupation } from '../careers/name-fact.ts'
import { toNumber } from '../files/create-table-reader.ts'
import type { ProjectionRow, Projections } from './read-projections.ts'

export const projectionsSource = {
  name: 'U.S. Bureau of Labor Statistics, Employment Projections',
  url: 'https://www.bls.gov/emp/data/occupational-data.htm',
}

/** The facts of a row. The file counts people in thousands. */
export function buildProjectionFacts(
  row: ProjectionRow,
  { base, target }: Pick<Projections, 'base' | 'target'>,
  occupation: Occupation,
) {
  const span = `${base}-${target}`
  const measures = [
    {
      metric: 'base-employment',
      label: `Employment in ${base}`,
      value: parseThousands(row('base')),
      unit: 'jobs',
      statistic: 'estimate',
      period: String(base),
    },
    {
      metric: 'projected-employment',
      label: `Projected employment in ${target}`,
      value: parseThousands(row('target')),
      unit: 'jobs',
      statistic: 'projection',
      period: String(target),
    },
    {
      metric: 'projected-job-growth',
      label: 'Projected job growth',
      value: toNumber(row('change')),
      unit: 'percent',
      statistic: 'projected change',
      period: span,
    },
    {
      metric: 'projected-openings',
      label: 'Projected openings a year',
      value: parseThousands(row('openings')),
      unit: 'openings',
      statistic: 'annual average',
      period: span,
    },
  ]
  return measures.flatMap(({ metric, label, value, ...rest }): Fact[] =>
    value === undefined
      ? []
      : [
          {
            ...nameFact(metric, label, occupation),
            value,
            ...rest,
            geography: 'United States',
            source: projectionsSource,
            ...buildValidity(base),
          },
        ],
  )
}

/** The Bureau publishes new projections each year, in September after the base year. */
function buildValidity(base: number): Pick<Fact, 'asOf' | 'expiresAt'> {
  const autumn = (after: number) => `${base + after}-09-01T00:00:00.000Z`
  return { asOf: autumn(1), expiresAt: autumn(2) }
}

// Rounded, because thousands with one decimal are not exact in binary.
function parseThousands(cell: unknown): number | undefined {
  const number = toNumber(cell)
  return number === undefined ? undefined : Math.round(number * 1000)
}
