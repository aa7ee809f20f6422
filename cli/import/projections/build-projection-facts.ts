import type { Fact } from '#shared/domain/catalog/fact.ts'
import { projectionsSource } from '#shared/domain/catalog/public-sources.ts'
import { nameFact, type Occupation } from '../careers/name-fact.ts'
import { toNumber } from '../files/create-table-reader.ts'
import { buildProjectionValidity } from './projection-validity.ts'
import type { ProjectionRow, Projections } from './read-projections.ts'

const employmentNote = 'All jobs, of employees and of the self-employed.'

/** Which metrics this source fills beside education. */
export const projectionMetrics = [
  'base-employment',
  'projected-employment',
  'projected-job-growth',
  'projected-openings',
]

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
  return measures.flatMap(({ metric, label, value, unit, ...rest }): Fact[] =>
    value === undefined
      ? []
      : [
          {
            ...nameFact(metric, label, occupation, unit === 'jobs' ? employmentNote : undefined),
            value,
            unit,
            ...rest,
            geography: 'United States',
            source: projectionsSource,
            ...buildProjectionValidity(base),
          },
        ],
  )
}

// Rounded, because thousands with one decimal are not exact in binary.
function parseThousands(cell: unknown): number | undefined {
  const number = toNumber(cell)
  return number === undefined ? undefined : Math.round(number * 1000)
}
