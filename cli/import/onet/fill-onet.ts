import type { Career } from '#shared/domain/catalog/career.ts'
import { relatednessTier } from '#shared/domain/catalog/career.ts'
import type { Fact } from '#shared/domain/catalog/fact.ts'
import { isSameFact, mergeFacts } from '../careers/merge-facts.ts'
import { isSameTitle, nameFact } from '../careers/name-fact.ts'
import type { FilledCareer } from '../careers/plan-careers.ts'
import { listDetailedCodes } from '../codes/combined-codes.ts'
import { describeMissingCode } from '../codes/describe-missing-code.ts'
import { isMilitary, isResidual } from '../codes/soc-2018.ts'
import { isJobZoneText } from '../projections/education-facts.ts'
import { withAliases, withAttribution, withRelated, withSection } from './fill-parts.ts'
import type { Onet, OnetOccupation, RelatedOccupation } from './onet-tables.ts'
import type { OnetRelease } from './parse-onet-release.ts'
import { buildElementSections } from './rated-elements.ts'

const maxTasks = 12
const jobZoneMetric = 'job-zone'

/** The database, its release, and the careers of each O*NET-SOC code. */
export type OnetSource = { onet: Onet; release: OnetRelease; careersByCode: ReadonlyMap<string, readonly string[]> }

/** The O*NET-SOC codes of a career: its own, or the whole occupations of its SOC codes. */
export function listOnetCodes({ soc, onetSoc }: Pick<Career, 'soc' | 'onetSoc'>): readonly string[] {
  return onetSoc ?? [...new Set(soc.flatMap(listDetailedCodes))].map((code) => `${code}.00`)
}

/** Adds titles, tasks, related careers and the Job Zone of its occupations, and the credit that the license requires. */
export function fillOnet(career: Career, id: string, { onet, release, careersByCode }: OnetSource): FilledCareer {
  const codes = listOnetCodes(career)
  const occupations = codes.flatMap((code) => onet.occupations.get(code) ?? [])
  const unknownSocs = career.soc.filter((soc) => career.onetSoc === undefined && listDetailedCodes(soc).length === 0)
  const notes = [
    ...unknownSocs.map((soc) => describeMissingCode(soc, 'the O*NET database')),
    ...codes.flatMap((code) => describeMissingData(code, onet) ?? []),
  ]
  if (occupations.every(hasNoData)) return { career: withoutZoneEducation(onet)(career), notes }
  const relatedCareers = occupations.flatMap((occupation) =>
    occupation.related
      .toSorted((a, b) => a.index - b.index)
      .flatMap((relation) => toRelatedCareers(relation, occupation, careersByCode)),
  )
  const parts = [
    withJobZones(occupations, { onet, release }),
    withAliases(occupations.flatMap(({ reportedTitles }) => reportedTitles)),
    withSection({ id: 'onet-tasks', heading: 'What people in this work do', body: formatTasks(occupations, onet) }),
    ...buildElementSections(occupations).map(withSection),
    withoutZoneEducation(onet),
    withRelated(relatedCareers.filter(({ slug }) => slug !== id)),
    withAttribution(release.credit),
  ]
  return { career: parts.reduce((current, fill) => fill(current), career), notes }
}

function hasNoData({ tasks, reportedTitles, zone }: OnetOccupation): boolean {
  return tasks.length === 0 && reportedTitles.length === 0 && zone === ''
}

/** Says why there is no data for a code, as far as that is known; undefined if there is data. */
function describeMissingData(code: string, { occupations }: Onet): string | undefined {
  const occupation = occupations.get(code)
  if (occupation && occupation.tasks.length > 0) return undefined
  if (isMilitary(code)) return `${code} is an occupation of the armed forces: O*NET gathers no data on them.`
  if (!occupation) return `${code} is not in the O*NET database.`
  if (!isResidual(occupation.title)) return `${code} ${occupation.title}: this release of O*NET has no data on it yet.`
  const parts = [...occupations.keys()].filter((other) => other !== code && other.startsWith(code.slice(0, 7)))
  const hint = parts.length > 0 ? ` Its parts are ${parts.join(', ')}: one of them can be the career's onetSoc.` : ''
  return `${code} ${occupation.title} is a residual code, on which O*NET gathers no data.${hint}`
}

/** Core tasks first, then by importance if the folder has ratings, otherwise in the order of the file. */
function formatTasks(occupations: readonly OnetOccupation[], { importance }: Onet): string {
  const tasks = occupations.flatMap((occupation) => occupation.tasks)
  const getImportance = ({ id }: { id: string }) => importance.get(id) ?? 0
  const ranked = tasks.toSorted((a, b) =>
    importance.size > 0 ? getImportance(b) - getImportance(a) : Number(b.isCore) - Number(a.isCore),
  )
  return [...new Set(ranked.map(({ task }) => task))]
    .slice(0, maxTasks)
    .map((task) => `- ${task}`)
    .join('\n')
}

function withJobZones(
  occupations: readonly OnetOccupation[],
  { onet, release: { credit: _, isOfSoc2010: __, ...release } }: Pick<OnetSource, 'onet' | 'release'>,
) {
  return (career: Career): Career => {
    const facts = occupations.flatMap(({ code, title, zone }, index): Fact[] => {
      if (zone === '') return []
      const soc = code.endsWith('.00') ? code.slice(0, -3) : code
      const isWholeCareer = occupations.length === 1 && isSameTitle(title, career.title)
      const position = index === 0 ? ('first' as const) : ('further' as const)
      const named = nameFact(jobZoneMetric, 'Job Zone', { code: soc, title, position, isWholeCareer }, jobZoneNote)
      const value = onet.zones.get(zone)?.name || `Job Zone ${zone}`
      return [{ ...named, value, statistic: 'job zone', geography: 'United States', ...release }]
    })
    const isOldZone = (fact: Fact) =>
      fact.metric.startsWith(jobZoneMetric) &&
      !facts.includes(fact) &&
      isSameFact({ ...fact, source: release.source }, fact)
    return { ...career, facts: mergeFacts(career.facts, facts).filter((fact) => !isOldZone(fact)) }
  }
}
const jobZoneNote =
  'A group of occupations that O*NET ranks by experience, education and training together, from 1 to 5.'

/** Removes what an earlier import wrote: the sentence of a whole Job Zone as the education of one occupation. */
function withoutZoneEducation({ zones }: Onet) {
  return ({ education, ...career }: Career): Career => {
    const isOfZone =
      education !== undefined &&
      (isJobZoneText(education) || [...zones.values()].some((zone) => zone.education === education))
    return education === undefined || isOfZone ? career : { ...career, education }
  }
}

/** The careers of exactly this occupation: a relation to the whole says nothing of its parts. */
function toRelatedCareers(
  { code, tier }: RelatedOccupation,
  { title }: OnetOccupation,
  careersByCode: OnetSource['careersByCode'],
): Career['relatedCareers'] {
  const knownTier = relatednessTier.safeParse(tier).data
  const reason = `${reasonOpening} ${tierWords[knownTier ?? 'none']} ${title}.`
  return (careersByCode.get(code) ?? []).map((slug) => ({ slug, reason, ...(knownTier && { tier: knownTier }) }))
}

const reasonOpening = 'O*NET® lists it'
const tierWords = {
  'Primary-Short': 'among the 5 occupations closest to',
  'Primary-Long': 'among the 10 occupations closest to',
  Supplemental: 'as a supplemental match, among the 20 occupations closest to',
  none: 'as related to',
}
