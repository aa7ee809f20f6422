import { describe, expect, it } from 'vitest'
import { question } from '#shared/domain/catalog/question.ts'
import { type CheckContext, checkCandidate } from '#shared/domain/routing/check-candidate.ts'
import { decide } from '#shared/domain/routing/decide.ts'
import { reasons } from '#shared/domain/routing/reasons.ts'
import type { Rule } from '#shared/domain/routing/rules.ts'
import { aCandidate, type CandidateParts } from '#test/builders/catalog.ts'
import { circumstances, fillCounters, inputs, reasonsByCampaign } from '#test/builders/routing.ts'
import { refusals, withRefusals } from './refusal-cases.ts'

const licenseQuestion = question.parse({ id: 'licence', label: 'Do you hold a licence?', kind: 'yes-no' })
const publishedReasons = Object.keys(reasons)

it('returns an eligible candidate with its eligible programs', () => {
  const programs = [{ id: 'here' }, { id: 'there', states: ['OH' as const] }]
  expect(runCheck({ programs })).toMatchObject({ programs: [{ id: 'here' }] })
})

describe('checkCandidate', () => {
  it.each(refusals)('refuses with $reason because $because', (refusal) => {
    const { candidate, context } = withRefusals([refusal])
    expect(checkCandidate(candidate, context)).toMatchObject({
      reason: refusal.reason,
      detail: expect.stringMatching(/^[^\n]{5,500}$/),
    })
  })

  it('covers every published reason, and detects one that is not covered', () => {
    const [first, second, third] = ['a', 'b', 'c'].map((id, priority) => aCandidate({ campaign: { id, priority } }))
    const candidates = [first, second, third].flatMap((one) => one ?? [])
    const sharing = candidates.map((one) => ({ ...one, campaign: { ...one.campaign, shareWith: 1 } }))
    const alone = candidates.map((one) => ({ ...one, campaign: { ...one.campaign, sharing: 'exclusive' as const } }))
    const selectionReasons = [sharing, alone].flatMap((all) =>
      Object.values(reasonsByCampaign(decide(inputs({ candidates: all })))),
    )
    const coveredReasons = new Set<string | undefined>([...refusals.map(({ reason }) => reason), ...selectionReasons])
    const findUncovered = (codes: readonly string[]) => codes.filter((code) => !coveredReasons.has(code))
    expect(findUncovered(publishedReasons)).toEqual([])
    expect(findUncovered([...publishedReasons, 'NEVER_EARNED'])).toContain('NEVER_EARNED')
  })
})

describe('the order of reasons', () => {
  const inOrder = refusals.toSorted((a, b) => publishedReasons.indexOf(a.reason) - publishedReasons.indexOf(b.reason))
  // A school that is not named is judged as at a match, where no certificate can be missing.
  const isNeverBeside = (reason: string, other: string) =>
    reason === 'CERTIFICATE' && other === 'SCHOOL_NOT_NAMED_IN_CONSENT'
  const pairs = inOrder.flatMap((first, at) =>
    inOrder.slice(at + 1).flatMap((second) => (isNeverBeside(first.reason, second.reason) ? [] : { first, second })),
  )

  it.each(pairs)('shows $first.reason before $second.reason', ({ first, second }) => {
    const { candidate, context } = withRefusals([first, second])
    expect(checkCandidate(candidate, context)).toMatchObject({ reason: first.reason })
  })
})

describe('rules', () => {
  it('give the code and the sentence of the campaign', () => {
    const rules: Rule = { field: 'age', op: 'at-least', value: 21, reason: 'NO_MINORS', detail: 'Adults only.' }
    expect(runCheck({ campaign: { rules } }, { profile: { age: 20 } })).toEqual({
      reason: 'NO_MINORS',
      detail: 'Adults only.',
    })
  })
})

it('keeps a program that is offered in several states, one of them that of the visitor', () => {
  expect(runCheck({ programs: [{ states: ['OH', 'TX'] }] })).toHaveProperty('programs')
})

it('does not apply caps to a test lead', () => {
  const caps = [{ period: 'day' as const, limit: 0 }]
  expect(runCheck({ campaign: { caps } }, { test: true })).toHaveProperty('programs')
  expect(runCheck({ campaign: { caps } }, { test: false })).toMatchObject({ reason: 'CAP_DAY' })
})

describe('questions', () => {
  const programs = [{ questions: [licenseQuestion] }]

  it('are ignored while unanswered in a match, and must be answered in a lead', () => {
    expect(runCheck({ programs }, { stage: 'match' })).toHaveProperty('programs')
    expect(runCheck({ programs }, { stage: 'lead' })).toEqual({
      reason: 'QUESTION',
      detail: '“Do you hold a licence?” was not answered.',
    })
  })

  it('count in a match once they are answered', () => {
    expect(runCheck({ programs }, { stage: 'match', profile: { answers: { licence: 'maybe' } } })).toMatchObject({
      reason: 'QUESTION',
    })
  })

  it('refuse a program, and the campaign only if no other program is left', () => {
    const both = [{ id: 'asks', questions: [licenseQuestion] }, { id: 'does-not' }]
    expect(runCheck({ programs: both })).toMatchObject({ programs: [{ id: 'does-not' }] })
  })

  it('are explained the same in any order of programs', () => {
    const other = question.parse({ id: 'nights', label: 'Can you work at night?', kind: 'yes-no' })
    const two = [
      { id: 'a', questions: [licenseQuestion] },
      { id: 'b', questions: [other] },
    ]
    expect(runCheck({ programs: two })).toEqual(runCheck({ programs: two.toReversed() }))
  })

  it('stay unanswered when they are named like an object member', () => {
    const odd = question.parse({ id: 'valueOf', label: 'Value of what?', kind: 'yes-no' })
    expect(runCheck({ programs: [{ questions: [odd] }] }, { stage: 'match', profile: { answers: {} } })).toHaveProperty(
      'programs',
    )
  })
})

describe('hours', () => {
  const closed = { open: [{ days: ['sunday' as const], from: '09:00', to: '10:00' }] }
  it('give the next opening with a refusal', () => {
    expect(runCheck({ campaign: { hours: { ...closed, outside: 'skip' } } })).toEqual({
      reason: 'OUTSIDE_HOURS',
      detail: reasons.OUTSIDE_HOURS,
      until: '2026-11-29T15:00:00.000Z',
    })
  })

  it.each(['park', 'deliver'] as const)('refuse nothing if the campaign is set to %s outside them', (outside) => {
    expect(runCheck({ campaign: { hours: { ...closed, outside } } })).toHaveProperty('programs')
  })
})

it('shows the reason that is published first if several caps are reached', () => {
  const caps = (['month', 'hour', 'day'] as const).map((period) => ({ period, limit: 1 }))
  const candidate = aCandidate({ campaign: { caps } })
  const context = circumstances()
  const counters = fillCounters([candidate], context.profile, (limit) => limit)

  expect(checkCandidate(candidate, { ...context, counters })).toMatchObject({ reason: 'CAP_HOUR' })
})

describe('the rules of a source', () => {
  const sourceRules: Rule = { field: 'age', op: 'at-least', value: 18, detail: 'Adults only.' }

  it('refuse with the sentence of the rule', () => {
    expect(runCheck({}, { sourceRules, profile: { age: 17 } })).toEqual({
      reason: 'SOURCE_RULE',
      detail: 'Adults only.',
    })
    expect(runCheck({}, { sourceRules, profile: { age: 18 } })).toHaveProperty('programs')
  })
})

it('refuses every campaign of a school that has rejected the lead', () => {
  expect(runCheck({ school: { id: 'alder' } }, { rejectedBy: ['birch'] })).toHaveProperty('programs')
  expect(
    runCheck({ campaign: { id: 'b' }, school: { id: 'alder' } }, { rejectedBy: ['birch', 'alder'] }),
  ).toMatchObject({
    reason: 'SCHOOL_REJECTED',
  })
})

it('a duplicate for one school does not affect another school', () => {
  expect(runCheck({ school: { id: 'alder' } }, { duplicateSchoolIds: ['birch'] })).toHaveProperty('programs')
})

it('requires a named school in a lead but not in a match', () => {
  expect(runCheck({ school: { id: 'alder' } }, { stage: 'match' })).toHaveProperty('programs')
  expect(runCheck({ school: { id: 'alder' } }, { namedSchoolIds: [] })).toMatchObject({
    reason: 'SCHOOL_NOT_NAMED_IN_CONSENT',
  })
})

function runCheck(parts: CandidateParts, fields: Parameters<typeof circumstances>[0] = {}) {
  const context: CheckContext = circumstances(fields)
  return checkCandidate(aCandidate(parts), context)
}
