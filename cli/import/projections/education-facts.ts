import type { Career } from '#shared/domain/catalog/career.ts'
import type { Fact } from '#shared/domain/catalog/fact.ts'
import { projectionsSource } from '#shared/domain/catalog/public-sources.ts'
import { nameFact, type Occupation } from '../careers/name-fact.ts'
import { type TableRow, toText } from '../files/create-table-reader.ts'
import { buildProjectionValidity } from './projection-validity.ts'

/** What the Bureau of Labor Statistics assigns to each occupation: its own words, not those of a Job Zone. */
const measures = [
  { metric: 'typical-entry-education', label: 'Typical education needed for entry', column: 'education' },
  { metric: 'related-work-experience', label: 'Work experience in a related occupation', column: 'experience' },
  { metric: 'on-the-job-training', label: 'On-the-job training', column: 'training' },
] as const

export const educationMetrics: readonly string[] = measures.map(({ metric }) => metric)

/** The three assignments of a row; a dash means that there is none. */
export function buildEducationFacts(
  row: TableRow<'education' | 'experience' | 'training'>,
  base: number,
  occupation: Occupation,
): Fact[] {
  return measures.flatMap(({ metric, label, column }): Fact[] => {
    const value = toText(row(column))
    if (!/\p{L}/u.test(value)) return []
    return [
      {
        ...nameFact(metric, label, occupation),
        value,
        statistic: 'typical requirement',
        period: String(base),
        geography: 'United States',
        source: projectionsSource,
        ...buildProjectionValidity(base),
      },
    ]
  })
}

const opening = 'According to the U.S. Bureau of Labor Statistics'

/**
 * Writes the text on education from the facts of the Bureau, unless staff wrote one. A text that an earlier import took from a Job Zone is
 * replaced, because it says what holds for a whole group of occupations.
 */
export function withEducationText(career: Career): Career {
  const { education } = career
  const isOwn = education === undefined || education.startsWith(opening) || isJobZoneText(education)
  if (!isOwn) return career
  const facts = career.facts.filter(({ metric }) => educationMetrics.includes(metric.replace(/-\d{2}-\d{4}$/, '')))
  const { education: _, ...rest } = career
  if (facts.length === 0) return isJobZoneText(education ?? '') ? rest : career
  return { ...rest, education: formatEducation(facts) }
}

/** The sentences of the five Job Zones, which earlier imports wrote as the education of each occupation. */
export function isJobZoneText(text: string): boolean {
  return (
    /^(Most|Some|These|A|Few|Many|This)\b/.test(text) &&
    /\b(of these occupations|occupations in this|these occupations (usually|may|require))\b/i.test(text)
  )
}

function formatEducation(facts: readonly Fact[]): string {
  const sentences = facts.map(({ metric, label, value }) => {
    const [, occupation] =
      /^(?:Typical education needed for entry|Work experience in a related occupation|On-the-job training), (.+)$/.exec(
        label,
      ) ?? []
    const subject = occupation === undefined ? '' : ` for ${occupation}`
    const words = String(value)
    const quoted = words.charAt(0).toLowerCase() + words.slice(1)
    if (metric.startsWith('typical-entry-education'))
      return `the typical education needed for entry${subject} is: ${quoted}`
    if (metric.startsWith('related-work-experience'))
      return `work experience in a related occupation${subject}: ${quoted}`
    return `on-the-job training${subject}: ${quoted}`
  })
  const [period] = facts.map((fact) => fact.period)
  return `${opening} (${period}), ${sentences.join('; ')}.`
}
