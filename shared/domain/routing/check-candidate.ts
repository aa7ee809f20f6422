import type { ContactList } from '../aftercare/suppression.ts'
import { type CertificateKnowledge, checkCertificate } from '../capture/certificates/check-certificate.ts'
import { createProfileReader, type LeadProfile } from '../capture/lead-profile.ts'
import {
  findMatchRefusal,
  findNamingRefusal,
  type NamingContext,
  type NamingRefusal,
} from '../capture/naming/check-naming.ts'
import { consentElements } from '../capture/naming/consent-naming.ts'
import { findDisqualification } from '../catalog/find-disqualification.ts'
import { isSameGeneration, toOwnerName } from '../catalog/generation.ts'
import type { Candidate } from './candidate.ts'
import {
  buildReservations,
  buildTestReservations,
  type CapReservation,
  type Counters,
  canPark,
  isWithinLimit,
} from './caps.ts'
import { getEffectiveStatus } from './edits/edit-campaign.ts'
import { findNextDeliveryTime, isOpen } from './hours.ts'
import { isPublishedReason, type Reason, reasons } from './reasons.ts'
import { evaluateRule, type Rule } from './rules.ts'
import { findSourceLimitFault, type SourceLimits } from './source/source-limits.ts'

/** What a verdict depends on, in addition to the candidate. */
export type CheckContext = NamingContext &
  CertificateKnowledge & {
    profile: LeadProfile
    /** At the match stage the visitor has not seen the program's questions yet; a lead must have answered them. */
    stage: 'match' | 'lead'
    /** The rules that leads of the source must match. */
    sourceRules?: Rule | undefined
    /** What the caps and hours of the source say of the lead. */
    sourceLimits?: SourceLimits | undefined
    /** Whether the person has withdrawn consent. */
    suppressed: boolean
    /** The list that suppresses the person, if nothing that they said does. */
    suppressedByList?: ContactList | undefined
    /** Owner names of single schools that may not contact the person. Absent: none. */
    suppressedSchoolIds?: readonly string[]
    /** Owner names of schools that have rejected this lead. */
    rejectedBy: readonly string[]
    /** Owner names of schools that already have a lead from this person. */
    duplicateSchoolIds: readonly string[]
    /** Whether the source already sent this person, if the source checks for duplicates. */
    duplicateOfSource: boolean
    counters: Counters
    /** Caps do not apply to test leads, except that only a few reach a live endpoint. */
    test: boolean
  }

/** Why a candidate cannot get the lead. `until` is when the reason ends; `fallbackCampaignId` names its replacement. */
export type Disqualification = {
  reason: string
  detail: string
  /** Further reasons that apply, in the published order. */
  also?: string[]
  until?: string
  parked?: boolean
  fallbackCampaignId?: string
}
type Refusal = Disqualification & NamingRefusal
type Program = Candidate['programs'][number]
/** Returns the candidate with its eligible programs, or every reason against it. */
type Check = (candidate: Candidate, context: CheckContext) => Candidate | Disqualification[]

/** Returns the candidate with its eligible programs, or the most informative refusal: the first in the published order. */
export function checkCandidate(candidate: Candidate, context: CheckContext): Candidate | Disqualification {
  const notNamed = findNamingRefusal(candidate, context)
  // The visitor was not shown a school that is not named, so it is judged as a match would judge it now.
  const { remaining, refusals } = runChecks(candidate, notNamed ? { ...context, stage: 'match' } : context)
  if (notNamed) refusals.push(...findMatchRefusal(candidate, refusals, context), notNamed)
  refusals.sort((a, b) => getReasonRank(a) - getReasonRank(b))
  const [first] = refusals
  if (!first) return remaining
  const { reason, detail, until, parked, fallbackCampaignId } = first
  const also = [...new Set(refusals.map((refusal) => refusal.reason))].filter((other) => other !== reason)
  // A lead does not wait for a cap, nor is the campaign replaced, if another reason remains when the cap's window ends.
  const isTemporary = refusals.every((refusal) => isTemporaryReason(refusal.reason))
  return {
    reason,
    detail,
    ...(also.length > 0 && { also }),
    ...(until !== undefined && { until }),
    ...(isTemporary && {
      ...(parked !== undefined && { parked }),
      ...(fallbackCampaignId !== undefined && { fallbackCampaignId }),
    }),
  }
}

function runChecks(candidate: Candidate, context: CheckContext) {
  let remaining = candidate
  const refusals: Refusal[] = []
  for (const runCheck of checks) {
    const result = runCheck(remaining, context)
    if (Array.isArray(result)) refusals.push(...result)
    else remaining = result
  }
  return { remaining, refusals }
}

const checks: readonly Check[] = [
  checkConsentText,
  refuseUnless('CAMPAIGN_INACTIVE', ({ campaign }) => getEffectiveStatus(campaign) === 'active'),
  refuseUnless('SCHOOL_INACTIVE', ({ school }) => school.status === 'active'),
  refuseUnless('SCHOOL_REJECTED', ({ school }, { rejectedBy }) => !rejectedBy.includes(toOwnerName(school))),
  checkPrograms,
  checkCampaignRules,
  checkCertificate,
  checkSourceRules,
  checkSuppressions,
  refuseUnless('DUPLICATE', (_, { duplicateOfSource }) => !duplicateOfSource),
  refuseUnless('DUPLICATE_SCHOOL', ({ school }, context) => !context.duplicateSchoolIds.includes(toOwnerName(school))),
  checkHours,
  checkCaps,
]

function checkConsentText(candidate: Candidate, { naming }: CheckContext): Candidate | Disqualification[] {
  const missingElements = naming?.missingElements ?? []
  if (missingElements.length === 0) return candidate
  const list = missingElements.map((element) => consentElements[element]).join('; ')
  return [disqualify('CONSENT_TEXT_INCOMPLETE', `The publisher’s consent text lacks: ${list}.`)]
}

function refuseUnless(reason: Reason, isSatisfied: (candidate: Candidate, context: CheckContext) => boolean): Check {
  return (candidate, context) => (isSatisfied(candidate, context) ? candidate : [disqualify(reason)])
}

function requireProgram(reason: Reason, isEligible: (program: Program, context: CheckContext) => boolean): Check {
  return (candidate, context) => {
    const programs = candidate.programs.filter((program) => isEligible(program, context))
    return programs.length > 0 ? { ...candidate, programs } : [disqualify(reason)]
  }
}

function checkSourceRules(
  candidate: Candidate,
  { sourceRules, sourceLimits, profile, counters }: CheckContext,
): Candidate | Disqualification[] {
  const result = sourceRules && evaluateRule(sourceRules, createProfileReader(profile))
  const fault = result && !result.holds ? result.detail : findSourceLimitFault(sourceLimits, counters)
  return fault === undefined ? candidate : [disqualify('SOURCE_RULE', fault)]
}

/** Says nothing of the format or the questions of programs that were not requested or are not offered in the state. */
function checkPrograms(candidate: Candidate, context: CheckContext): Candidate | Disqualification[] {
  const requested = checkRequestedProgram(candidate, context)
  const offered = Array.isArray(requested) ? requested : checkState(requested, context)
  if (Array.isArray(offered)) return offered
  const taught = checkModality(offered, context)
  const qualified = checkQuestions(Array.isArray(taught) ? offered : taught, context)
  if (!Array.isArray(taught)) return qualified
  return Array.isArray(qualified) ? [...taught, ...qualified] : taught
}

const checkRequestedProgram = requireProgram(
  'PROGRAM',
  ({ id, generation }, { profile: { programId }, matchedIds }) =>
    programId === undefined ||
    (id === programId && (!matchedIds || isSameGeneration(generation, matchedIds.programGeneration))),
)
const checkState = requireProgram(
  'STATE',
  ({ states }, { profile }) => states?.some((one) => one === profile.state) ?? true,
)
const checkModality = requireProgram(
  'MODALITY',
  ({ modality }, { profile }) => modality === (profile.modality ?? modality),
)
function checkCampaignRules(candidate: Candidate, { profile }: CheckContext): Candidate | Disqualification[] {
  const { rules } = candidate.campaign
  if (!rules) return candidate
  const result = evaluateRule(rules, createProfileReader(profile))
  return result.holds ? candidate : [{ reason: result.reason, detail: result.detail }]
}

function checkQuestions(candidate: Candidate, context: CheckContext): Candidate | Disqualification[] {
  const rankedPrograms = candidate.programs.toSorted((a, b) => a.rank - b.rank || (a.id < b.id ? -1 : 1))
  const programResults = rankedPrograms.map((program) => ({ program, fault: findDisqualification(program, context) }))
  const programs = programResults.filter(({ fault }) => !fault).map(({ program }) => program)
  return programs.length > 0 ? { ...candidate, programs } : [programResults[0]?.fault ?? disqualify('QUESTION')]
}

function checkSuppressions(
  candidate: Candidate,
  { suppressed, suppressedSchoolIds = [], suppressedByList }: CheckContext,
): Candidate | Disqualification[] {
  if (!suppressed && !suppressedSchoolIds.includes(toOwnerName(candidate.school))) return candidate
  return [disqualify('SUPPRESSED', suppressedByList && listDetails[suppressedByList])]
}

const listDetails: { [list in ContactList]: string } = {
  'do-not-call': 'The visitor is on a do-not-call list that staff imported.',
  litigator: 'The visitor is on a list of people who sue over calls, which staff imported.',
}

function checkHours(candidate: Candidate, { profile: { at } }: CheckContext): Candidate | Disqualification[] {
  const { hours } = candidate.campaign
  const { timeZone } = candidate.school
  if (hours?.outside !== 'skip' || isOpen(hours, at, timeZone)) return candidate
  const until = findNextDeliveryTime(hours, at, timeZone)
  return [{ ...disqualify('OUTSIDE_HOURS'), ...(until !== at && { until }) }]
}

// A full cap that parks leads will get this one later, so a match must name its school.
function checkCaps(
  candidate: Candidate,
  { stage, profile, counters, test }: CheckContext,
): Candidate | Disqualification[] {
  const { priceCents } = candidate.campaign
  const reservations = test
    ? buildTestReservations(candidate, profile)
    : buildReservations(candidate, profile.at, priceCents, createProfileReader(profile))
  const isBlocking = (reservation: CapReservation) =>
    !isWithinLimit(reservation, counters) && !(stage === 'match' && canPark(reservation))
  const reachedCaps = reservations.filter(isBlocking)
  return reachedCaps.length > 0 ? reachedCaps.map(describeReachedCap) : candidate
}

function describeReachedCap(reachedCap: CapReservation): Disqualification {
  const { reason, limit, onReached, end, detail = `${reasons[reason]} The limit is ${limit}.` } = reachedCap
  return {
    ...disqualify(reason, detail),
    ...(end && { until: end }),
    ...(canPark(reachedCap) && { parked: true }),
    ...(typeof onReached === 'object' && { fallbackCampaignId: onReached.fallback }),
  }
}

/** Returns the position of a reason in the published order. A campaign's own codes have that of `CUSTOM_RULE`. */
function getReasonRank({ reason, lasts }: { reason: string; lasts?: boolean }): number {
  if (lasts) return publishedReasons.indexOf('OUTSIDE_HOURS') - 0.5
  return publishedReasons.indexOf(isPublishedReason(reason) ? reason : 'CUSTOM_RULE')
}

const publishedReasons = Object.keys(reasons)

function isTemporaryReason(reason: string): boolean {
  return isPublishedReason(reason) && /^(OUTSIDE_HOURS|CAP_|CREDIT_LIMIT)/.test(reason)
}

function disqualify(reason: Reason, detail: string = reasons[reason]): Disqualification {
  return { reason, detail }
}
