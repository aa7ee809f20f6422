import { describe, expect, it } from 'vitest'
import { buildMatchFacts, maxSchoolsNamed } from '#shared/domain/capture/match.ts'
import { question } from '#shared/domain/catalog/question.ts'
import { type DecisionInputs, decide } from '#shared/domain/routing/decide.ts'
import { aCandidate, aSource } from '#test/builders/catalog.ts'
import { someInstant } from '#test/builders/lead.ts'
import { inputs, listSelected, reasonsByCampaign } from '#test/builders/routing.ts'

const visitor = {
  careerSlug: 'health-record-technician',
  zip: '78701',
  education: { highestLevel: 'ged' as const },
}
const context = { state: 'TX', at: someInstant }

describe('a match', () => {
  it('names as many schools as one consent text can hold, whatever the source may sell', () => {
    const candidates = Array.from({ length: 12 }, (_, at) => aCandidate({ campaign: { id: `c${at}`, priority: at } }))
    const decision = decideMatch({ candidates }, aSource({ maxSales: 1 }))
    expect(listSelected(decision)).toHaveLength(maxSchoolsNamed)
    expect(reasonsByCampaign(decision).c11).toBe('MAX_SALES_REACHED')
  })

  it('falls the same way for everybody who lives there, and another way elsewhere', () => {
    const candidates = ['a', 'b', 'c', 'd', 'e'].map((id) => aCandidate({ campaign: { id } }))
    const getOrder = (zip: string) => listSelected(decideMatch({ candidates }, aSource(), { zip })).join()
    expect(getOrder('78701')).toBe(getOrder('78701'))
    expect(new Set(['78701', '78702', '78703', '78704', '78705'].map(getOrder)).size).toBeGreaterThan(1)
  })

  it('names nobody where the source may not send it', () => {
    const rules = { field: 'state', op: 'equals', value: 'OH' } as const
    const candidates = [aCandidate()]
    expect(reasonsByCampaign(decideMatch({ candidates }, aSource({ rules })))).toEqual({ campaign: 'SOURCE_RULE' })
  })

  it('is a test where its source is one', () => {
    const isTestMatch = (mode: 'live' | 'test') =>
      buildMatchFacts(visitor, { ...context, source: aSource({ mode }) }).test
    expect([isTestMatch('test'), isTestMatch('live')]).toEqual([true, false])
  })
})

it('a question that a match leaves open is judged when the lead comes', () => {
  const gpa = question.parse({
    id: 'gpa',
    label: 'Your grade point average?',
    kind: 'number',
    rules: { field: 'answers.gpa', op: 'at-least', value: 3, reason: 'GPA', detail: 'GPA at least 3.0' },
  })
  const candidates = [aCandidate({ programs: [{ questions: [gpa] }] })]
  const lead = (answers: { gpa?: number }) => decide(inputs({ candidates, profile: { answers } })).verdicts

  expect(listSelected(decideMatch({ candidates }))).toEqual(['campaign'])
  expect(lead({ gpa: 3 })).toMatchObject([{ selected: true }])
  expect(lead({ gpa: 2.9 })).toMatchObject([{ reason: 'GPA', detail: 'GPA at least 3.0' }])
  expect(lead({})).toMatchObject([{ reason: 'QUESTION' }])
})

function decideMatch(
  fields: Pick<DecisionInputs, 'candidates'>,
  source = aSource(),
  overrides: Partial<typeof visitor> = {},
) {
  const facts = buildMatchFacts({ ...visitor, ...overrides }, { ...context, source })
  return decide({ ...facts, ...fields, counters: {} })
}
