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
  rulesHold,
  someProgram('MODALITY', ({ modality }, { enquiry }) => modality === (enquiry.modality ?? modality)),
  questionsQualify,
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

function rulesHold(candidate: Candidate, { enquiry }: Circumstances): Candidate | Why {
  const { rules } = candidate.campaign
  if (!rules) return candidate
  const judgement = judge(rules, readerOf(enquiry))
  return judgement.holds ? candidate : { reason: judgement.reason, detail: judgement.detail }
}

function questionsQualify(candidate: Candidate, circumstances: Circumstances): Candidate | Why {
  const judged = candidate.programs.map((program) => ({ program, fault: faultOfAnswers(program, circumstances) }))
  const programs = judged.filter(({ fault }) => !fault).map(({ program }) => program)
  return programs.length > 0 ? { ...candidate, programs } : (judged[0]?.fault ?? why('QUESTION'))
}

function faultOfAnswers({ questions }: Program, { enquiry, stage }: Circumstances): Why | undefined {
  for (const question of questions) {
    const given = enquiry.answers?.[question.id]
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
  const reached = reservations.find((reservation) => !fits(reservation, counters))
  if (!reached) return candidate
  return why(reached.reason, `${reasons[reached.reason]} It is ${reached.limit}.`)
}

function why(reason: Reason, detail: string = reasons[reason]): Why {
  return { reason, detail }
}
