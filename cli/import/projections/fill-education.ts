import type { Career } from '#shared/domain/catalog/career.ts'
import { projectionsSource } from '#shared/domain/catalog/public-sources.ts'
import { fillFacts } from '../careers/fill-facts.ts'
import type { FilledCareer } from '../careers/plan-careers.ts'
import { toText } from '../files/create-table-reader.ts'
import { buildEducationFacts, educationMetrics, withEducationText } from './education-facts.ts'
import type { EducationTable } from './read-education.ts'

/** Replaces the education, work experience and training that are typical, and the text on education unless staff wrote it. */
export function fillEducation(career: Career, { base, rows }: EducationTable): FilledCareer {
  const files = {
    name: 'the education table',
    codes: new Set(rows.keys()),
    year: base,
    metrics: educationMetrics,
    source: projectionsSource,
    getTitle: (code: string) => toText(rows.get(code)?.('title')),
  }
  const filled = fillFacts(career, files, (occupation) => {
    const row = rows.get(occupation.code)
    return { facts: row ? buildEducationFacts(row, base, occupation) : [], notes: [] }
  })
  return { ...filled, career: withEducationText(filled.career) }
}
