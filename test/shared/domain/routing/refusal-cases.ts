import { question } from '#shared/domain/catalog/question.ts'
import type { Candidate } from '#shared/domain/routing/candidate.ts'
import type { CheckContext } from '#shared/domain/routing/check-candidate.ts'
import type { Reason } from '#shared/domain/routing/reasons.ts'
import type { Rule } from '#shared/domain/routing/rules.ts'
import { aCandidate, type CandidateParts } from '#test/builders/catalog.ts'
import type { aLeadProfile } from '#test/builders/lead.ts'
import { circumstances, fillCounters } from '#test/builders/routing.ts'

type Campaign = NonNullable<CandidateParts['campaign']>
type Program = NonNullable<CandidateParts['programs']>[number]
type RefusalCase = {
  reason: Reason
  because: string
  campaign?: Omit<Campaign, 'rules'>
  rule?: Rule
  school?: NonNullable<CandidateParts['school']>
  program?: Program
  profile?: Parameters<typeof aLeadProfile>[0]
  context?: Partial<Omit<CheckContext, 'profile'>>
}

const capReasons = {
  hour: 'CAP_HOUR',
  day: 'CAP_DAY',
  week: 'CAP_WEEK',
  month: 'CAP_MONTH',
  total: 'CAP_TOTAL',
} as const
const license = question.parse({ id: 'license', label: 'Do you hold a license?', kind: 'yes-no' })

/** One case for each reason that a single candidate can get. The cases can be combined. */
export const refusals: readonly RefusalCase[] = [
  { reason: 'CAMPAIGN_INACTIVE', because: 'the campaign is paused', campaign: { status: 'paused' } },
  { reason: 'SCHOOL_INACTIVE', because: 'the school is paused', school: { status: 'paused' } },
  {
    reason: 'SOURCE_RULE',
    because: 'the source may not send it',
    context: { sourceRules: { field: 'state', op: 'equals', value: 'OH' } },
  },
  {
    reason: 'CONSENT_TEXT_INCOMPLETE',
    because: 'the text does not speak of automated calls',
    context: { naming: { missingElements: ['automated'] } },
  },
  { reason: 'SCHOOL_REJECTED', because: 'the school has rejected it', context: { rejectedBy: ['school-of-campaign'] } },
  { reason: 'SUPPRESSED', because: 'the visitor has withdrawn consent', context: { suppressed: true } },
  { reason: 'CREDIT_LIMIT', because: 'the school has no credit left', school: { creditCents: 0 } },
  { reason: 'DUPLICATE', because: 'the source sent the person before', context: { duplicateOfSource: true } },
  { reason: 'SCHOOL_NOT_NAMED_IN_CONSENT', because: 'another was named', context: { namedSchoolIds: ['another'] } },
  { reason: 'PROGRAM', because: 'another program was asked for', profile: { programId: 'another' } },
  { reason: 'STATE', because: 'no program is offered there', program: { states: ['OH'] } },
  { reason: 'ZIP', because: 'the ZIP code is elsewhere', rule: { field: 'contact.zip', op: 'prefix', value: '1' } },
  { reason: 'AGE', because: 'the visitor is too young', rule: { field: 'age', op: 'at-least', value: 18 } },
  {
    reason: 'EDUCATION_LEVEL',
    because: 'a degree is wanted',
    rule: { field: 'education.highestLevel', op: 'at-least', value: 'bachelor' },
  },
  {
    reason: 'START_WINDOW',
    because: 'the visitor does not say when',
    rule: { field: 'startWindow', op: 'at-most', value: '1-3-months' },
  },
  { reason: 'MODALITY', because: 'no program is taught so', profile: { modality: 'campus' } },
  { reason: 'CERTIFICATE', because: 'the lead has none', campaign: { certificate: 'present' } },
  { reason: 'MILITARY', because: 'veterans are wanted', rule: { field: 'military', op: 'equals', value: true } },
  { reason: 'GPA', because: 'the grades are not given', rule: { field: 'gpa', op: 'at-least', value: 3 } },
  {
    reason: 'QUESTION',
    because: 'the answer to a question is not one of the choices',
    program: { questions: [license] },
    profile: { answers: { license: 'maybe' } },
  },
  {
    reason: 'CUSTOM_RULE',
    because: 'a rule excludes it',
    rule: { not: { field: 'state', op: 'equals', value: 'TX' } },
  },
  { reason: 'DUPLICATE_SCHOOL', because: 'the school has it', context: { duplicateSchoolIds: ['school-of-campaign'] } },
  {
    reason: 'OUTSIDE_HOURS',
    because: 'the campaign is closed',
    campaign: { hours: { open: [{ days: ['sunday'], from: '09:00', to: '10:00' }], outside: 'skip' } },
  },
  ...(['hour', 'day', 'week', 'month', 'total'] as const).map((period) => ({
    reason: capReasons[period],
    because: `the cap of the ${period} is reached`,
    campaign: { caps: [{ period, limit: 1 }] },
  })),
  {
    reason: 'CAP_SPEND',
    because: 'the budget is spent',
    campaign: { caps: [{ period: 'day', limit: 4000, unit: 'cents' }] },
  },
]

/** Returns a candidate and a context to which all of these cases apply. */
export function withRefusals(all: readonly RefusalCase[]): { candidate: Candidate; context: CheckContext } {
  const rules = all.flatMap(({ rule }) => rule ?? [])
  const candidate = aCandidate({
    campaign: {
      ...Object.assign({}, ...all.map(({ campaign }) => campaign)),
      caps: all.flatMap(({ campaign }) => campaign?.caps ?? []),
      ...(rules.length > 0 && { rules: { all: rules } }),
    },
    school: { id: 'school-of-campaign', ...Object.assign({}, ...all.map(({ school }) => school)) },
    programs: [Object.assign({}, ...all.map(({ program }) => program))],
  })
  const context = circumstances({
    profile: Object.assign({}, ...all.map(({ profile }) => profile)),
    ...Object.assign({}, ...all.map((one) => one.context)),
  })
  return { candidate, context: { ...context, counters: fillCounters([candidate], context.profile, (limit) => limit) } }
}
