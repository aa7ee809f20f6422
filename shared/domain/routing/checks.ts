import { type Enquiry, readerOf } from '../capture/enquiry.ts'
import { faultOfAnswers } from '../catalog/answers.ts'
import type { Candidate } from './candidate.ts'
import { type CapReservation, type Counters, fits, parks, reservationsOf } from './caps.ts'
import { deliverableAt, isOpen } from './hours.ts'
import { type Reason, reasons } from './reasons.ts'
import { judge, type Rule } from './rules.ts'

/** What a verdict depends on beside the campaign itself. */
export type Circumstances = {
  enquiry: Enquiry
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
export type Why = { reason: string; detail: string; until?: string; parked?: boolean; standIn?: string }
type Program = Candidate['programs'][number]
type Check = (candidate: Candidate, circumstances: Circumstances) => Candidate | Why

/** Runs every check in the published order (`reasons.ts`): what is left of the candidate, or the first refusal. */
export function check(candidate: Candidate, circumstances: Circumstances): Candidate | Why {
  let left = candidate
  for (const passes of checks) {
    const next = passes(left, circumstances)
    if ('reason' in next) return next
    left = next
  }
  return left
}

const checks: readonly Check[] = [
  unless('CAMPAIGN_INACTIVE', ({ campaign }) => campaign.status === 'active'),
  unless('SCHOOL_INACTIVE', ({ school }) => school.status === 'active'),
  sourceMaySend,
  unless(
    'SCHOOL_NOT_NAMED_IN_CONSENT',
    ({ school }, { namedSchoolIds }) => namedSchoolIds?.includes(school.id) ?? true,
  ),
  unless('SCHOOL_REJECTED', ({ school }, { rejectedBy }) => !rejectedBy.includes(school.id)),
  unless('SUPPRESSED', (_, { suppressed }) => !suppressed),
  someProgram('PROGRAM', ({ id }, { enquiry }) => id === (enquiry.programId ?? id)),
  someProgram('STATE', ({ states }, { enquiry }) => states?.some((one) => one === enquiry.state) ?? true),
  qualifies,
  unless('DUPLICATE', (_, { duplicateOfSource }) => !duplicateOfSource),
  unless('DUPLICATE_SCHOOL', ({ school }, { duplicateSchoolIds }) => !duplicateSchoolIds.includes(school.id)),
  openNow,
  capsFit,
]

function unless(reason: Reason, holds: (candidate: Candidate, circumstances: Circumstances) => boolean): Check {
  return (candidate, circumstances) => (holds(candidate, circumstances) ? candidate : why(reason))
}

function someProgram(reason: Reason, fits: (program: Program, circumstances: Circumstances) => boolean): Check {
  return (candidate, circumstances) => {
    const programs = candidate.programs.filter((program) => fits(program, circumstances))
    return programs.length > 0 ? { ...candidate, programs } : why(reason)
  }
}

function sourceMaySend(candidate: Candidate, { sourceRules, enquiry }: Circumstances): Candidate | Why {
  const judgement = sourceRules && judge(sourceRules, readerOf(enquiry))
  return !judgement || judgement.holds ? candidate : why('SOURCE_RULE', judgement.detail)
}

// What the visitor is and wants: campaign's rules, way of teaching, program's questions, told in the published order.
function qualifies(candidate: Candidate, circumstances: Circumstances): Candidate | Why {
  let left = candidate
  const refusals: Why[] = []
  for (const passes of [rulesHold, taughtSo, questionsQualify]) {
    const next = passes(left, circumstances)
    if ('reason' in next) refusals.push(next)
    else left = next
  }
  return refusals.sort((a, b) => place(a) - place(b))[0] ?? left
}

const taughtSo = someProgram('MODALITY', ({ modality }, { enquiry }) => modality === (enquiry.modality ?? modality))
const published = Object.keys(reasons)

/** Where a reason stands in the published order; codes of a campaign's own stand with `CUSTOM_RULE`. */
function place({ reason }: { reason: string }): number {
  return published.indexOf(Object.hasOwn(reasons, reason) ? reason : 'CUSTOM_RULE')
}

function rulesHold(candidate: Candidate, { enquiry }: Circumstances): Candidate | Why {
  const { rules } = candidate.campaign
  if (!rules) return candidate
  const judgement = judge(rules, readerOf(enquiry))
  return judgement.holds ? candidate : { reason: judgement.reason, detail: judgement.detail }
}

function questionsQualify(candidate: Candidate, circumstances: Circumstances): Candidate | Why {
  const inOrder = candidate.programs.toSorted((a, b) => a.rank - b.rank || (a.id < b.id ? -1 : 1))
  const judged = inOrder.map((program) => ({ program, fault: faultOfAnswers(program, circumstances) }))
  const programs = judged.filter(({ fault }) => !fault).map(({ program }) => program)
  return programs.length > 0 ? { ...candidate, programs } : (judged[0]?.fault ?? why('QUESTION'))
}

function openNow(candidate: Candidate, { enquiry: { at } }: Circumstances): Candidate | Why {
  const { hours } = candidate.campaign
  const { timeZone } = candidate.school
  if (hours?.outside !== 'skip' || isOpen(hours, at, timeZone)) return candidate
  const until = deliverableAt(hours, at, timeZone)
  return { ...why('OUTSIDE_HOURS'), ...(until !== at && { until }) }
}

// Where a full cap parks leads the school will have this one later, so a match must name it.
function capsFit(candidate: Candidate, { stage, enquiry, counters, test }: Circumstances): Candidate | Why {
  if (test) return candidate
  const { priceCents } = candidate.campaign
  const reservations = reservationsOf(candidate, enquiry.at, priceCents, readerOf(enquiry))
  const standsInTheWay = (one: CapReservation) => !fits(one, counters) && !(stage === 'match' && parks(one))
  const [reached] = reservations.filter(standsInTheWay).sort((a, b) => place(a) - place(b))
  return reached ? whyReached(reached) : candidate
}

function whyReached(reached: CapReservation): Why {
  const { reason, limit, onReached, end } = reached
  return {
    ...why(reason, `${reasons[reason]} It is ${limit}.`),
    ...(end && { until: end }),
    ...(parks(reached) && { parked: true }),
    ...(typeof onReached === 'object' && { standIn: onReached.fallback }),
  }
}

function why(reason: Reason, detail: string = reasons[reason]): Why {
  return { reason, detail }
}
