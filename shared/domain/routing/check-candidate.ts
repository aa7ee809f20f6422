import { createProfileReader, type LeadProfile } from '../capture/lead-profile.ts'
import { findDisqualification } from '../catalog/find-disqualification.ts'
import { isSameGeneration, toOwnerName } from '../catalog/generation.ts'
import { getLegalName } from '../catalog/school.ts'
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
import { type Reason, reasons } from './reasons.ts'
import { evaluateRule, type Rule } from './rules.ts'

/** What a verdict depends on, in addition to the candidate. */
export type CheckContext = {
  profile: LeadProfile
  /** At the match stage the visitor has not seen the program's questions yet; a lead must have answered them. */
  stage: 'match' | 'lead'
  /** The rules that leads of the source must match. */
  sourceRules?: Rule | undefined
  /** The schools that the consent text named. Absent in a match, because no text has been shown yet. */
  namedSchoolIds?: readonly string[]
  /** The legal names that the text had, by school id. Absent for consents that are older than this field. */
  legalNames?: { [schoolId: string]: string } | undefined
  /** Which record of its id each school was, if the id had been used before. */
  schoolGenerations?: { [schoolId: string]: number } | undefined
  /** The text of a consent without `legalNames`. */
  consentText?: string | undefined
  /** Whether the person has withdrawn consent. */
  suppressed: boolean
  /** Single schools that may not contact the person. Absent: none. */
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
  until?: string
  parked?: boolean
  fallbackCampaignId?: string
}
type Program = Candidate['programs'][number]
type Check = (candidate: Candidate, context: CheckContext) => Candidate | Disqualification

/** Runs the checks in the published order. Returns the candidate with its eligible programs, or the first refusal. */
export function checkCandidate(candidate: Candidate, context: CheckContext): Candidate | Disqualification {
  let remaining = candidate
  for (const runCheck of checks) {
    const next = runCheck(remaining, context)
    if ('reason' in next) return next
    remaining = next
  }
  return remaining
}

const checks: readonly Check[] = [
  refuseUnless('CAMPAIGN_INACTIVE', ({ campaign }) => getEffectiveStatus(campaign) === 'active'),
  refuseUnless('SCHOOL_INACTIVE', ({ school }) => school.status === 'active'),
  checkSourceRules,
  refuseUnless('SCHOOL_NOT_NAMED_IN_CONSENT', ({ school }, context) => isNamedInConsent(school, context)),
  refuseUnless('SCHOOL_REJECTED', ({ school }, { rejectedBy }) => !rejectedBy.includes(toOwnerName(school))),
  refuseUnless(
    'SUPPRESSED',
    ({ school }, { suppressed, suppressedSchoolIds = [] }) => !suppressed && !suppressedSchoolIds.includes(school.id),
  ),
  requireProgram('PROGRAM', ({ id }, { profile }) => id === (profile.programId ?? id)),
  requireProgram('STATE', ({ states }, { profile }) => states?.some((one) => one === profile.state) ?? true),
  checkQualification,
  refuseUnless('DUPLICATE', (_, { duplicateOfSource }) => !duplicateOfSource),
  refuseUnless(
    'DUPLICATE_SCHOOL',
    ({ school }, { duplicateSchoolIds }) => !duplicateSchoolIds.includes(toOwnerName(school)),
  ),
  checkHours,
  checkCaps,
]

/** A school may have the id `constructor`. */
function getOwn<Value>(values: { [id: string]: Value } | undefined, id: string): Value | undefined {
  return values && Object.hasOwn(values, id) ? values[id] : undefined
}

/** A school must still be the record, and have the legal name, that the visitor agreed to. */
function isNamedInConsent(
  school: Candidate['school'],
  { namedSchoolIds, legalNames, schoolGenerations, consentText }: CheckContext,
): boolean {
  if (!namedSchoolIds) return true
  if (!namedSchoolIds.includes(school.id)) return false
  if (!isSameGeneration(school.generation, getOwn(schoolGenerations, school.id))) return false
  const legalName = getLegalName(school)
  const agreedName = getOwn(legalNames, school.id)
  return agreedName === undefined ? (consentText?.includes(legalName) ?? true) : agreedName === legalName
}

function refuseUnless(reason: Reason, isSatisfied: (candidate: Candidate, context: CheckContext) => boolean): Check {
  return (candidate, context) => (isSatisfied(candidate, context) ? candidate : disqualify(reason))
}

function requireProgram(reason: Reason, isEligible: (program: Program, context: CheckContext) => boolean): Check {
  return (candidate, context) => {
    const programs = candidate.programs.filter((program) => isEligible(program, context))
    return programs.length > 0 ? { ...candidate, programs } : disqualify(reason)
  }
}

function checkSourceRules(candidate: Candidate, { sourceRules, profile }: CheckContext): Candidate | Disqualification {
  const result = sourceRules && evaluateRule(sourceRules, createProfileReader(profile))
  return !result || result.holds ? candidate : disqualify('SOURCE_RULE', result.detail)
}

// Campaign rules, modality and questions can give the same reasons, so the first in the published order is shown.
function checkQualification(candidate: Candidate, context: CheckContext): Candidate | Disqualification {
  let remaining = candidate
  const failures: Disqualification[] = []
  for (const runCheck of [checkCampaignRules, checkModality, checkQuestions]) {
    const next = runCheck(remaining, context)
    if ('reason' in next) failures.push(next)
    else remaining = next
  }
  return failures.sort((a, b) => getReasonRank(a) - getReasonRank(b))[0] ?? remaining
}

const checkModality = requireProgram(
  'MODALITY',
  ({ modality }, { profile }) => modality === (profile.modality ?? modality),
)
const publishedReasons = Object.keys(reasons)

/** Returns the position of a reason in the published order. A campaign's own codes have that of `CUSTOM_RULE`. */
function getReasonRank({ reason }: { reason: string }): number {
  return publishedReasons.indexOf(Object.hasOwn(reasons, reason) ? reason : 'CUSTOM_RULE')
}

function checkCampaignRules(candidate: Candidate, { profile }: CheckContext): Candidate | Disqualification {
  const { rules } = candidate.campaign
  if (!rules) return candidate
  const result = evaluateRule(rules, createProfileReader(profile))
  return result.holds ? candidate : { reason: result.reason, detail: result.detail }
}

function checkQuestions(candidate: Candidate, context: CheckContext): Candidate | Disqualification {
  const rankedPrograms = candidate.programs.toSorted((a, b) => a.rank - b.rank || (a.id < b.id ? -1 : 1))
  const programResults = rankedPrograms.map((program) => ({ program, fault: findDisqualification(program, context) }))
  const programs = programResults.filter(({ fault }) => !fault).map(({ program }) => program)
  return programs.length > 0 ? { ...candidate, programs } : (programResults[0]?.fault ?? disqualify('QUESTION'))
}

function checkHours(candidate: Candidate, { profile: { at } }: CheckContext): Candidate | Disqualification {
  const { hours } = candidate.campaign
  const { timeZone } = candidate.school
  if (hours?.outside !== 'skip' || isOpen(hours, at, timeZone)) return candidate
  const until = findNextDeliveryTime(hours, at, timeZone)
  return { ...disqualify('OUTSIDE_HOURS'), ...(until !== at && { until }) }
}

// A full cap that parks leads will get this one later, so a match must name its school.
function checkCaps(
  candidate: Candidate,
  { stage, profile, counters, test }: CheckContext,
): Candidate | Disqualification {
  const { priceCents } = candidate.campaign
  const reservations = test
    ? buildTestReservations(candidate, profile)
    : buildReservations(candidate, profile.at, priceCents, createProfileReader(profile))
  const isBlocking = (reservation: CapReservation) =>
    !isWithinLimit(reservation, counters) && !(stage === 'match' && canPark(reservation))
  const [reachedCap] = reservations.filter(isBlocking).sort((a, b) => getReasonRank(a) - getReasonRank(b))
  return reachedCap ? describeReachedCap(reachedCap) : candidate
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

function disqualify(reason: Reason, detail: string = reasons[reason]): Disqualification {
  return { reason, detail }
}
