import type { Career } from '#shared/domain/catalog/career.ts'
import { fillFacts } from '../careers/fill-facts.ts'
import type { FilledCareer } from '../careers/plan-careers.ts'
import { toText } from '../files/create-table-reader.ts'
import { buildProjectionFacts } from './build-projection-facts.ts'
import type { Projections } from './read-projections.ts'

/** Adds the projections of its occupations. */
export function fillProjections(career: Career, projections: Projections): FilledCareer {
  return fillFacts(career, 'the projections file', (soc, position) => {
    const row = projections.rows.get(soc)
    const occupation = { soc, position, title: toText(row?.('title')) }
    return row && { facts: buildProjectionFacts(row, projections, occupation), notes: [] }
  })
}
