import type { Candidate } from './candidate.ts'
import { type Counters, fits, reservationsOf } from './caps.ts'
import { type Enquiry, readerOf } from './enquiry.ts'
import { isOpen } from './hours.ts'
import { faultOfAnswer } from './question.ts'
import { type Reason, reasons } from './reasons.ts'
import { judge } from './rules.ts'

/** What a verdict depends on beside the campaign itself. */
export type Circumstances = {
  enquiry: Enquiry
  /** Matching comes before the program's questions are asked; a lead must have answered them. */
  stage: 'match' | 'lead'
  /** The schools that the consent text named. Absent in a match: nothing has been shown yet. */
  namedSchoolIds?: readonly string[]
  /** Schools that hold an enquiry of this person already. */
  duplicateSchoolIds: readonly string[]
  counters: Counters
}

type Program = Candidate['programs'][number]
type Why = { reason: string; detail: string }
type Check = (candidate: Candidate, circumstances: Circumstances) => Candidate | Why

/** Runs every check in the published order (`reasons.ts`): what is left of the candidate, or the first refusal. */
export function check(candidate: Candidate, circumstances: Circumstances): { programs: Program[] } | Why {
  let left = candidate
  for (const passes of checks) {
    const next = passes(left, circumstances)
    if ('reason' in next) return next
    left = next
  }
  return { programs: left.programs }
}

const checks: readonly Check[] = [
  unless('CAMPAIGN_INACTIVE', ({ campaign }) => campaign.status === 'active'),
  unless('SCHOOL_INACTIVE', ({ school }) => school.status === 'active'),
  unless(
    'SCHOOL_NOT_NAMED_IN_CONSENT',
    ({ school }, { namedSchoolIds }) => namedSchoolIds?.includes(school.id) ?? true,
  ),
  someProgram('PROGRAM', ({ id }, { enquiry }) => id === (enquiry.programId ?? id)),
  someProgram('STATE', ({ states }, { enquiry }) => states?.some((one) => one === enquiry.state) ?? true),
  qualifies,
  unless('DUPLICATE_SCHOOL', ({ school }, { duplicateSchoolIds }) => !duplicateSchoolIds.includes(school.id)),
  unless(
    'OUTSIDE_HOURS',
    ({ campaign, school }, { enquiry }) =>
      campaign.hours?.outside !== 'skip' || isOpen(campaign.hours, enquiry.at, school.timeZone),
  ),
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

function faultOfAnswers({ questions }: Program, { enquiry, stage }: Circumstances): Why | undefined {
  const answers = enquiry.answers ?? {}
  for (const question of questions) {
    const given = Object.hasOwn(answers, question.id) ? answers[question.id] : undefined
    if (given === undefined && stage === 'match') continue
    const fault = faultOfAnswer(question, given)
    if (fault) return why('QUESTION', `“${question.label}” ${fault}.`)
    if (given === undefined || !question.rules) continue
    const judgement = judge(question.rules, readerOf(enquiry))
    if (!judgement.holds) return { reason: judgement.reason, detail: judgement.detail }
  }
  return undefined
}

function capsFit(candidate: Candidate, { enquiry, counters }: Circumstances): Candidate | Why {
  const reservations = reservationsOf(candidate.campaign, enquiry.at, candidate.school.timeZone)
  const [reached] = reservations.filter((one) => !fits(one, counters)).sort((a, b) => place(a) - place(b))
  if (!reached) return candidate
  return why(reached.reason, `${reasons[reached.reason]} It is ${reached.limit}.`)
}

function why(reason: Reason, detail: string = reasons[reason]): Why {
  return { reason, detail }
}
