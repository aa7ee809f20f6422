import { isSameGeneration, type MatchedIds, toOwnerName } from '../../catalog/generation.ts'
import { getLegalName } from '../../catalog/school.ts'
import type { Candidate } from '../../routing/candidate.ts'
import { isPublishedReason, reasons } from '../../routing/reasons.ts'
import type { ConsentNaming } from './consent-naming.ts'
import { campaignsLeftOut } from './match-refusals.ts'

export type NamingContext = {
  /** The schools that the consent text named. Absent in a match, because no text has been shown yet. */
  namedSchoolIds?: readonly string[]
  /** The legal names that the text had, by school id. Absent for consents that are older than this field. */
  legalNames?: { [schoolId: string]: string } | undefined
  /** Which records the IDs of the career and the program were. Absent in a match. */
  matchedIds?: MatchedIds | undefined
  /** Which record of its id each school was, if the id had been used before. */
  schoolGenerations?: { [schoolId: string]: number } | undefined
  /** The text of a consent without `legalNames`. */
  consentText?: string | undefined
  /** How the consent text came to name these schools and no others. */
  naming?: ConsentNaming | undefined
  /** Why the match did not name a campaign, by its owner name. Absent without a match. */
  matchRefusals?: { [campaignOwner: string]: string } | undefined
}
/** `lasts`: a reason against naming the school that follows from no cap or hours. */
export type NamingRefusal = { reason: string; detail: string; lasts?: boolean }

const notNamed = 'SCHOOL_NOT_NAMED_IN_CONSENT'

/** A refusal if the consent text does not name the school, or named it under another legal name than it has now. */
export function findNamingRefusal(
  { campaign, school, careerGeneration }: Pick<Candidate, 'campaign' | 'school' | 'careerGeneration'>,
  context: NamingContext,
): NamingRefusal | undefined {
  const { namedSchoolIds, legalNames, schoolGenerations, matchedIds, consentText, naming, matchRefusals } = context
  const legalName = getLegalName(school)
  if (!namedSchoolIds) return undefined
  if (namedSchoolIds.includes(school.id)) {
    if (!isSameGeneration(school.generation, getOwn(schoolGenerations, school.id)))
      return refuseForGood('The school was deleted after the consent, and this is a new record with its ID.')
    if (matchedIds && !isSameGeneration(careerGeneration, matchedIds.careerGeneration))
      return refuseForGood('The career was deleted after the consent, and this is a new record with its ID.')
    const namedAs = getOwn(legalNames, school.id)
    if (namedAs === legalName || (namedAs === undefined && (consentText?.includes(legalName) ?? true))) return undefined
    return refuseForGood(
      namedAs === undefined
        ? `The consent text does not contain the legal name that the school has now, “${legalName}”.`
        : `The consent text names the school as “${namedAs}”; its legal name is now “${legalName}”.`,
    )
  }
  if (naming?.uncheckedSchoolIds?.includes(school.id))
    return refuseForGood('The visitor unchecked this school, so the consent text does not name it.')
  if (naming?.missingSchoolIds?.includes(school.id))
    return refuseForGood(`The publisher says that its text names this school, but “${legalName}” is not in the text.`)
  if (naming?.isOwnText) return refuseForGood('The publisher’s consent text does not name this school.')
  const matchReason = getOwn(matchRefusals, toOwnerName(campaign))
  if (isPause(matchReason))
    return {
      reason: notNamed,
      detail:
        'The campaign or the school was paused when the visitor was matched, so the consent text does not name it.',
    }
  const wasNoCandidate = matchReason === undefined && matchRefusals && !Object.hasOwn(matchRefusals, campaignsLeftOut)
  const detail = wasNoCandidate
    ? 'The consent text does not name this school, because the campaign was no candidate when the visitor was matched.'
    : reasons[notNamed]
  return { reason: notNamed, detail }
}

// A verdict holds a detail of at most 500 letters.
function refuseForGood(detail: string): NamingRefusal {
  return { reason: notNamed, detail: detail.slice(0, 500), lasts: true }
}

/** The reason for which the match did not name the campaign, if that reason has ended since. */
export function findMatchRefusal(
  { campaign }: Candidate,
  refusals: readonly { reason: string }[],
  { matchRefusals }: NamingContext,
): NamingRefusal[] {
  const reason = getOwn(matchRefusals, toOwnerName(campaign))
  if (reason === undefined || isPause(reason) || refusals.some((refusal) => refusal.reason === reason)) return []
  const sentence = isPublishedReason(reason) ? reasons[reason] : reasons.CUSTOM_RULE
  return [
    { reason, detail: `${sentence} This was so when the visitor was matched, and the text did not name the school.` },
  ]
}

/** A pause that has ended is told as "not named", because nothing is left to resume. */
function isPause(reason: string | undefined): boolean {
  return reason === 'CAMPAIGN_INACTIVE' || reason === 'SCHOOL_INACTIVE'
}

/** A school may have the id `constructor`. */
function getOwn<Value>(values: { [id: string]: Value } | undefined, id: string): Value | undefined {
  return values && Object.hasOwn(values, id) ? values[id] : undefined
}
