import type { Career, Fact } from '#shared/domain/catalog/career.ts'
import { fillFacts, type Place } from '../careers/fill-facts.ts'
import { namedFact } from '../careers/named-fact.ts'
import type { Filled } from '../careers/plan-careers.ts'
import { credited, withAliases, withRelated, withSection } from './fill-parts.ts'
import type { OnetRelease } from './onet-release.ts'
import type { Onet, OnetOccupation } from './onet-tables.ts'

const mostTasks = 12

/** What fills careers: the database, its release, and which careers of the house are counted under which code. */
export type OnetSource = { onet: Onet; release: OnetRelease; house: ReadonlyMap<string, readonly string[]> }

/** A career with titles, tasks, near careers and preparation of its occupations, and the credit that the licence asks for. */
export function fillOnet(career: Career, id: string, { onet, release, house }: OnetSource): Filled {
  const filled = fillFacts(career, 'the O*NET database', (soc, place) => {
    const occupation = onet.occupations.get(soc)
    const part = onet.parts.get(soc)
    if (occupation) return { facts: preparation(occupation, { soc, place }, { onet, release }), notes: [] }
    return part === undefined
      ? undefined
      : { facts: [], notes: [`${soc} is only there in parts such as ${part}: nothing is taken.`] }
  })
  const occupations = [...new Set(career.soc)].flatMap((soc) => onet.occupations.get(soc) ?? [])
  if (occupations.length === 0) return filled
  const near = occupations.flatMap(({ related, title }) =>
    related
      .toSorted((a, b) => a.index - b.index)
      .flatMap(({ soc }) => (house.get(soc) ?? []).map((slug) => ({ slug, reason: reasonOf(title) }))),
  )
  const parts = [
    withAliases(occupations.flatMap(({ reportedTitles }) => reportedTitles)),
    withSection({ id: 'onet-tasks', heading: 'What people in this work do', body: tasksOf(occupations, onet) }),
    withEducation(occupations, onet),
    withRelated(near.filter(({ slug }) => slug !== id)),
    credited(release.credit),
  ]
  return { ...filled, career: parts.reduce((made, fill) => fill(made), filled.career) }
}

/** The tasks that matter most come first; those of which nobody has said so come last. */
function tasksOf(occupations: readonly OnetOccupation[], { importance }: Onet): string {
  const tasks = occupations.flatMap((occupation) => occupation.tasks)
  const ranked = tasks.toSorted((a, b) => (importance.get(b.id) ?? 0) - (importance.get(a.id) ?? 0))
  return [...new Set(ranked.map(({ task }) => task))].slice(0, mostTasks).join('\n\n')
}

function preparation(
  { zone, title }: OnetOccupation,
  of: { soc: string; place: Place },
  { onet, release: { credit: _, ...release } }: Pick<OnetSource, 'onet' | 'release'>,
): Fact[] {
  if (zone === '') return []
  const value = onet.zones.get(zone)?.name || `Job Zone ${zone}`
  const told = namedFact('job-zone', 'Preparation needed', { ...of, title })
  return [{ ...told, value, statistic: 'job zone', geography: 'United States', ...release }]
}

/** Only a hint: what staff have written stays. */
function withEducation(occupations: readonly OnetOccupation[], { zones }: Onet) {
  const hint = occupations.map(({ zone }) => zones.get(zone)?.education).find(Boolean)
  return (career: Career): Career => ({ ...(hint && { education: hint }), ...career })
}

function reasonOf(title: string): string {
  return `The O*NET® database names it among the occupations closest to that of ${title}.`
}
