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

it('takes a candidate that nothing speaks against, with the programs that fit', () => {
  const programs = [{ id: 'here' }, { id: 'there', states: ['OH' as const] }]
  expect(runCheck({ programs })).toMatchObject({ programs: [{ id: 'here' }] })
})

describe('refuses', () => {
  it.each(refusals)('with $reason where $because', (refusal) => {
    const { candidate, context } = withRefusals([refusal])
    expect(checkCandidate(candidate, context)).toMatchObject({
      reason: refusal.reason,
      detail: expect.stringMatching(/^[^\n]{5,500}$/),
    })
  })

  it('with every code that can be earned, and would show one that cannot', () => {
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

describe('of several reasons, the one published first is shown', () => {
  const inOrder = refusals.toSorted((a, b) => publishedReasons.indexOf(a.reason) - publishedReasons.indexOf(b.reason))
  const pairs = inOrder.flatMap((first, at) => inOrder.slice(at + 1).map((second) => ({ first, second })))

  it.each(pairs)('$first.reason before $second.reason', ({ first, second }) => {
    const { candidate, context } = withRefusals([first, second])
    expect(checkCandidate(candidate, context)).toMatchObject({ reason: first.reason })
  })
})

describe('rules', () => {
  it('of a campaign may give a code and a sentence of their own', () => {
    const rules: Rule = { field: 'age', op: 'at-least', value: 21, reason: 'NO_MINORS', detail: 'Adults only.' }
    expect(runCheck({ campaign: { rules } }, { profile: { age: 20 } })).toEqual({
      reason: 'NO_MINORS',
      detail: 'Adults only.',
    })
  })
})

describe('questions', () => {
  const programs = [{ questions: [licenseQuestion] }]

  it('are not yet asked when schools are matched, and must be answered when the lead comes', () => {
    expect(runCheck({ programs }, { stage: 'match' })).toHaveProperty('programs')
    expect(runCheck({ programs }, { stage: 'lead' })).toEqual({
      reason: 'QUESTION',
      detail: '“Do you hold a licence?” was not answered.',
    })
  })

  it('count in a match already where they were answered', () => {
    expect(runCheck({ programs }, { stage: 'match', profile: { answers: { licence: 'maybe' } } })).toMatchObject({
      reason: 'QUESTION',
    })
  })

  it('refuse a program, and the campaign only where no other program is left', () => {
    const both = [{ id: 'asks', questions: [licenseQuestion] }, { id: 'does-not' }]
    expect(runCheck({ programs: both })).toMatchObject({ programs: [{ id: 'does-not' }] })
  })

  it('are explained alike in whatever order the programs come', () => {
    const other = question.parse({ id: 'nights', label: 'Can you work at night?', kind: 'yes-no' })
    const two = [
      { id: 'a', questions: [licenseQuestion] },
      { id: 'b', questions: [other] },
    ]
    expect(runCheck({ programs: two })).toEqual(runCheck({ programs: two.toReversed() }))
  })

  it('may be named as what every object has, and are still unanswered', () => {
    const odd = question.parse({ id: 'valueOf', label: 'Value of what?', kind: 'yes-no' })
    expect(runCheck({ programs: [{ questions: [odd] }] }, { stage: 'match', profile: { answers: {} } })).toHaveProperty(
      'programs',
    )
  })
})

describe('hours', () => {
  const closed = { open: [{ days: ['sunday' as const], from: '09:00', to: '10:00' }] }
  it('say when they open again where they refuse', () => {
    expect(runCheck({ campaign: { hours: { ...closed, outside: 'skip' } } })).toEqual({
      reason: 'OUTSIDE_HOURS',
      detail: reasons.OUTSIDE_HOURS,
      until: '2026-11-29T15:00:00.000Z',
    })
  })

  it.each(['park', 'deliver'] as const)('refuse nothing where the campaign says to %s outside them', (outside) => {
    expect(runCheck({ campaign: { hours: { ...closed, outside } } })).toHaveProperty('programs')
  })
})

it('of several caps that are reached, the one published first is shown', () => {
  const caps = (['month', 'hour', 'day'] as const).map((period) => ({ period, limit: 1 }))
  const candidate = aCandidate({ campaign: { caps } })
  const context = circumstances()
  const counters = fillCounters([candidate], context.profile, (limit) => limit)

  expect(checkCandidate(candidate, { ...context, counters })).toMatchObject({ reason: 'CAP_HOUR' })
})

describe('what a source may send', () => {
  const sourceRules: Rule = { field: 'age', op: 'at-least', value: 18, detail: 'Adults only.' }

  it('is told with the sentence of its rule', () => {
    expect(runCheck({}, { sourceRules, profile: { age: 17 } })).toEqual({
      reason: 'SOURCE_RULE',
      detail: 'Adults only.',
    })
    expect(runCheck({}, { sourceRules, profile: { age: 18 } })).toHaveProperty('programs')
  })
})

it('a school that has rejected the lead is passed over, also with another campaign', () => {
  expect(runCheck({ school: { id: 'alder' } }, { rejectedBy: ['birch'] })).toHaveProperty('programs')
  expect(
    runCheck({ campaign: { id: 'b' }, school: { id: 'alder' } }, { rejectedBy: ['birch', 'alder'] }),
  ).toMatchObject({
    reason: 'SCHOOL_REJECTED',
  })
})

it('a duplicate for one school does not stop another', () => {
  expect(runCheck({ school: { id: 'alder' } }, { duplicateSchoolIds: ['birch'] })).toHaveProperty('programs')
})

it('before anything was shown, no school needs to be named', () => {
  expect(runCheck({ school: { id: 'alder' } }, { stage: 'match' })).toHaveProperty('programs')
  expect(runCheck({ school: { id: 'alder' } }, { namedSchoolIds: [] })).toMatchObject({
    reason: 'SCHOOL_NOT_NAMED_IN_CONSENT',
  })
})

function runCheck(parts: CandidateParts, fields: Parameters<typeof circumstances>[0] = {}) {
  const context: CheckContext = circumstances(fields)
  return checkCandidate(aCandidate(parts), context)
}
