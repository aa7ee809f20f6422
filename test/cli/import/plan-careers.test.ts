import { describe, expect, it } from 'vitest'
import { formatOutcomes, formatPlans } from '#cli/import/careers/format-plans.ts'
import type { CareerOutcome } from '#cli/import/careers/plan-careers.ts'
import { planCareers } from '#cli/import/careers/plan-careers.ts'
import type { Career } from '#shared/domain/catalog/career.ts'
import { aCareer, aFact } from '#test/builders/career.ts'

const before = aCareer({
  facts: [aFact({ metric: 'pay', value: 1 }), aFact({ metric: 'jobs', value: 2, unit: 'jobs' })],
  aliases: ['Keeper'],
  sections: [{ id: 'duties', heading: 'Duties', body: 'Long ago.' }],
})

describe('planCareers', () => {
  it('counts what is added, changed, removed and unchanged', () => {
    const plan = planCareer({
      facts: [
        aFact({ metric: 'pay', value: 3, period: 'May 2026' }),
        ...before.facts.slice(1),
        aFact({ metric: 'new' }),
      ],
      aliases: [],
      education: 'Some.',
    })
    expect(plan.changes.map(({ kind, field }) => [kind, field])).toEqual([
      ['changed', 'fact pay, United States'],
      ['added', 'fact new, United States'],
      ['removed', 'alias'],
      ['added', 'education'],
    ])
    expect(plan).toMatchObject({ unchanged: 2, faults: [], version: 7 })
    expect(formatPlans([plan])).toBe(
      [
        'archivist',
        '  2 added, 1 changed, 1 removed, 2 unchanged',
        '  ~ fact pay, United States: $1 (Median pay, May 2025) -> $3 (Median pay, May 2026)',
        '  + fact new, United States: $45,000 (Median pay, May 2025)',
        '  - alias: Keeper',
        '  + education: Some.',
      ].join('\n'),
    )
  })

  it('detects the smallest change of a fact, and none if nothing changed', () => {
    const [pay = aFact(), jobs = aFact()] = before.facts
    expect(planCareer({ facts: [{ ...pay, expiresAt: '2028-04-01T00:00:00Z' }, jobs] }).changes).toHaveLength(1)
    expect(planCareer({})).toMatchObject({ changes: [], unchanged: 4 })
  })

  it('gives the reason and the fix if a career cannot be written', () => {
    const facts = Array.from({ length: 101 }, (_, index) => aFact({ metric: `pay-${index}` }))
    const plan = planCareer({ facts })
    expect(plan.faults).toEqual([
      'It would have 101 facts; the maximum is 100. Enter fewer SOC codes, or delete facts.',
    ])
    const { career: _, ...planDetails } = plan
    const outcome: CareerOutcome = { ...planDetails, outcome: 'refused', changes: [] }
    expect(formatOutcomes([outcome])).toMatch(
      /^archivist: refused\. It was not written\.\n.*\n {2}! It would have 101 facts/,
    )
  })

  it('gives the pointer of any other fault', () => {
    expect(planCareer({ aliases: [''] }).faults).toEqual([expect.stringMatching(/^\/aliases\/0 /)])
  })
})

function planCareer(overrides: Partial<Career>) {
  const careers = [{ id: 'archivist', version: 7, career: before }]
  const [plan] = planCareers(careers, (career) => ({ career: { ...career, ...overrides }, notes: [] }))
  return plan ?? expect.unreachable()
}
