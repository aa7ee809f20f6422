import type { Career } from '#shared/domain/catalog/career.ts'
import { projectionsSource } from '#shared/domain/catalog/public-sources.ts'
import { fillFacts } from '../careers/fill-facts.ts'
import type { FilledCareer } from '../careers/plan-careers.ts'
import { toText } from '../files/create-table-reader.ts'
import { buildProjectionFacts, projectionMetrics } from './build-projection-facts.ts'
import { buildEducationFacts, educationMetrics, withEducationText } from './education-facts.ts'
import type { Projections } from './read-projections.ts'

/** Replaces the projections of its occupations, and what education, experience and training they typically need. */
export function fillProjections(career: Career, projections: Projections): FilledCareer {
  const { rows, base, hasEducation } = projections
  const files = {
    name: 'the projections file',
    codes: new Set(rows.keys()),
    year: base,
    metrics: [...projectionMetrics, ...(hasEducation ? educationMetrics : [])],
    source: projectionsSource,
    getTitle: (code: string) => toText(rows.get(code)?.('title')),
  }
  const filled = fillFacts(career, files, (occupation) => {
    const row = rows.get(occupation.code)
    if (!row) return { facts: [], notes: [] }
    return {
      facts: [...buildProjectionFacts(row, projections, occupation), ...buildEducationFacts(row, base, occupation)],
      notes: [],
    }
  })
  return hasEducation ? { ...filled, career: withEducationText(filled.career) } : filled
}
