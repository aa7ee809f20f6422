import type { Career, Fact } from '#shared/domain/catalog/career.ts'
import { fillFacts, type OccupationPosition } from '../careers/fill-facts.ts'
import { nameFact } from '../careers/name-fact.ts'
import type { FilledCareer } from '../careers/plan-careers.ts'
import { withAliases, withAttribution, withRelated, withSection } from './fill-parts.ts'
import type { Onet, OnetOccupation } from './onet-tables.ts'
import type { OnetRelease } from './parse-onet-release.ts'

const maxTasks = 12

/** The database, its release, and the stored careers by SOC code. */
export type OnetSource = { onet: Onet; release: OnetRelease; careersBySoc: ReadonlyMap<string, readonly string[]> }

/** Adds titles, tasks, related careers and preparation of its occupations, and the credit that the license requires. */
export function fillOnet(career: Career, id: string, { onet, release, careersBySoc }: OnetSource): FilledCareer {
  const withFacts = fillFacts(career, 'the O*NET database', (soc, position) => {
    const occupation = onet.occupations.get(soc)
    const part = onet.parts.get(soc)
    if (occupation) return { facts: buildPreparationFacts(occupation, { soc, position }, { onet, release }), notes: [] }
    return part === undefined
      ? undefined
      : { facts: [], notes: [`${soc} exists only in parts such as ${part}, which are not imported.`] }
  })
  const occupations = [...new Set(career.soc)].flatMap((soc) => onet.occupations.get(soc) ?? [])
  if (occupations.length === 0) return withFacts
  const relatedCareers = occupations.flatMap(({ related, title }) =>
    related
      .toSorted((a, b) => a.index - b.index)
      .flatMap(({ soc }) => (careersBySoc.get(soc) ?? []).map((slug) => ({ slug, reason: formatReason(title) }))),
  )
  const parts = [
    withAliases(occupations.flatMap(({ reportedTitles }) => reportedTitles)),
    withSection({ id: 'onet-tasks', heading: 'What people in this work do', body: formatTasks(occupations, onet) }),
    withEducation(occupations, onet),
    withRelated(relatedCareers.filter(({ slug }) => slug !== id)),
    withAttribution(release.credit),
  ]
  return { ...withFacts, career: parts.reduce((current, fill) => fill(current), withFacts.career) }
}

/** Tasks by importance; tasks without a rating come last. */
function formatTasks(occupations: readonly OnetOccupation[], { importance }: Onet): string {
  const tasks = occupations.flatMap((occupation) => occupation.tasks)
  const ranked = tasks.toSorted((a, b) => (importance.get(b.id) ?? 0) - (importance.get(a.id) ?? 0))
  return [...new Set(ranked.map(({ task }) => task))].slice(0, maxTasks).join('\n\n')
}

function buildPreparationFacts(
  { zone, title }: OnetOccupation,
  occupationCode: { soc: string; position: OccupationPosition },
  { onet, release: { credit: _, ...release } }: Pick<OnetSource, 'onet' | 'release'>,
): Fact[] {
  if (zone === '') return []
  const value = onet.zones.get(zone)?.name || `Job Zone ${zone}`
  const nameFields = nameFact('job-zone', 'Preparation needed', { ...occupationCode, title })
  return [{ ...nameFields, value, statistic: 'job zone', geography: 'United States', ...release }]
}

/** Sets a text only if staff have not written one. */
function withEducation(occupations: readonly OnetOccupation[], { zones }: Onet) {
  const hint = occupations.map(({ zone }) => zones.get(zone)?.education).find(Boolean)
  return (career: Career): Career => ({ ...(hint && { education: hint }), ...career })
}

function formatReason(title: string): string {
  return `The O*NET® database lists it among the occupations closest to ${title}.`
}
