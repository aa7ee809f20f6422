import { createProfileReader, type LeadProfile } from '../capture/lead-profile.ts'
import { findDisqualification } from '../catalog/find-disqualification.ts'
import type { Candidate } from './candidate.ts'
import { buildReservations, type CapReservation, type Counters, canPark, isWithinLimit } from './caps.ts'
import { findNextDeliveryTime, isOpen } from './hours.ts'
import { type Reason, reasons } from './reasons.ts'
import { evaluateRule, type Rule } from './rules.ts'

/** What a verdict depends on beside the campaign itself. */
export type CheckContext = {
  profile: LeadProfile
  /** Matching comes before the program's questions are asked; a lead must have answered them. */
  stage: 'match' | 'lead'
  /** What the source may send. */
  sourceRules?: Rule | undefined
  /** The schools that the consent text named. Absent in a match: nothing has been shown yet. */
  namedSchoolIds?: readonly string[]
  /** Whether the person has withdrawn consent. */
  suppressed: boolean
  /** Schools that have rejected this very lead. */
  rejectedBy: readonly string[]
  /** Schools that hold an enquiry of this person already. */
  duplicateSchoolIds: readonly string[]
  /** Whether the person came through this source before, where that counts. */
  duplicateOfSource: boolean
  counters: Counters
  /** A test lead is held back by no cap. */
  test: boolean
}

/** A refusal. `until` is when its reason ends by itself; `standIn` names the campaign that takes its place. */
export type Disqualification = {
  reason: string
  detail: string
  until?: string
  parked?: boolean
  fallbackCampaignId?: string
}
type Program = Candidate['programs'][number]
type Check = (candidate: Candidate, context: CheckContext) => Candidate | Disqualification

/** Runs every check in the published order (`reasons.ts`): what is left of the candidate, or the first refusal. */
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
  refuseUnless('CAMPAIGN_INACTIVE', ({ campaign }) => campaign.status === 'active'),
  refuseUnless('SCHOOL_INACTIVE', ({ school }) => school.status === 'active'),
  checkSourceRules,
  refuseUnless(
    'SCHOOL_NOT_NAMED_IN_CONSENT',
    ({ school }, { namedSchoolIds }) => namedSchoolIds?.includes(school.id) ?? true,
  ),
  refuseUnless('SCHOOL_REJECTED', ({ school }, { rejectedBy }) => !rejectedBy.includes(school.id)),
  refuseUnless('SUPPRESSED', (_, { suppressed }) => !suppressed),
  requireProgram('PROGRAM', ({ id }, { profile }) => id === (profile.programId ?? id)),
  requireProgram('STATE', ({ states }, { profile }) => states?.some((one) => one === profile.state) ?? true),
  checkQualification,
  refuseUnless('DUPLICATE', (_, { duplicateOfSource }) => !duplicateOfSource),
  refuseUnless('DUPLICATE_SCHOOL', ({ school }, { duplicateSchoolIds }) => !duplicateSchoolIds.includes(school.id)),
  checkHours,
  checkCaps,
]

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

// What the visitor is and wants: campaign's rules, way of teaching, program's questions, told in the published order.
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

/** Where a reason stands in the published order; codes of a campaign's own stand with `CUSTOM_RULE`. */
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

// Where a full cap parks leads the school will have this one later, so a match must name it.
function checkCaps(
  candidate: Candidate,
  { stage, profile, counters, test }: CheckContext,
): Candidate | Disqualification {
  if (test) return candidate
  const { priceCents } = candidate.campaign
  const reservations = buildReservations(candidate, profile.at, priceCents, createProfileReader(profile))
  const isBlocking = (reservation: CapReservation) =>
    !isWithinLimit(reservation, counters) && !(stage === 'match' && canPark(reservation))
  const [reachedCap] = reservations.filter(isBlocking).sort((a, b) => getReasonRank(a) - getReasonRank(b))
  return reachedCap ? describeReachedCap(reachedCap) : candidate
}

function describeReachedCap(reachedCap: CapReservation): Disqualification {
  const { reason, limit, onReached, end } = reachedCap
  return {
    ...disqualify(reason, `${reasons[reason]} It is ${limit}.`),
    ...(end && { until: end }),
    ...(canPark(reachedCap) && { parked: true }),
    ...(typeof onReached === 'object' && { fallbackCampaignId: onReached.fallback }),
  }
}

function disqualify(reason: Reason, detail: string = reasons[reason]): Disqualification {
  return { reason, detail }
}
