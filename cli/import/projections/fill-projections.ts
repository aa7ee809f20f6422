import type { Career } from '#shared/domain/catalog/career.ts'
import { fillFacts } from '../careers/fill-facts.ts'
import type { Filled } from '../careers/plan-careers.ts'
import { textOf } from '../files/table.ts'
import { projectionFacts } from './projection-facts.ts'
import type { Projections } from './read-projections.ts'

/** A career with what is projected for its occupations. */
export function fillProjections(career: Career, projections: Projections): Filled {
  return fillFacts(career, 'the file of projections', (soc, place) => {
    const row = projections.rows.get(soc)
    const of = { soc, place, title: textOf(row?.('title')) }
    return row && { facts: projectionFacts(row, projections, of), notes: [] }
  })
}
