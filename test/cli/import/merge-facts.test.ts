import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mergeFacts } from '#cli/import/careers/merge-facts.ts'
import { aFact } from '#test/builders/career.ts'
import '#test/builders/seeded.ts'

describe('mergeFacts', () => {
  it('replaces facts with the same identity and keeps the others in place', () => {
    const [unrelatedFact, staleFact, otherFact] = [
      aFact({ metric: 'a' }),
      aFact({ metric: 'b', value: 1 }),
      aFact({ metric: 'c' }),
    ]
    const updatedFact = aFact({ metric: 'b', value: 2, period: 'May 2026' })
    const newFact = aFact({ metric: 'b', geography: 'Texas' })
    expect(mergeFacts([unrelatedFact, staleFact, otherFact], [newFact, updatedFact])).toEqual([
      unrelatedFact,
      updatedFact,
      otherFact,
      newFact,
    ])
  })

  it('matches a renamed source by its URL, and no other source', () => {
    const url = 'https://bureau.example/wages'
    const before = aFact({ source: { name: 'Statistics', url } })
    const renamed = aFact({ source: { name: 'Statistics and more', url } })
    const survey = aFact({ source: { name: 'A survey' } })
    expect(mergeFacts([before, survey], [renamed])).toEqual([renamed, survey])
  })

  it('keeps one fact if two stored facts have the same identity', () => {
    const url = 'https://bureau.example/wages'
    const [byName, byUrl] = [aFact({ source: { name: 'Bureau' } }), aFact({ source: { name: 'Old', url } })]
    const updatedFact = aFact({ source: { name: 'Bureau', url } })
    expect(mergeFacts([byName, byUrl], [updatedFact, updatedFact])).toEqual([updatedFact])
  })

  it('changes nothing the second time, for random facts', () => {
    const facts = fc.array(
      fc
        .record({
          metric: fc.constantFrom('a', 'b', 'c'),
          geography: fc.constantFrom('United States', 'Texas'),
          value: fc.nat(3),
          source: fc.record(
            { name: fc.constantFrom('x', 'y'), url: fc.constantFrom('https://x.example/', 'https://y.example/') },
            { requiredKeys: ['name'] },
          ),
        })
        .map(aFact),
    )
    fc.assert(
      fc.property(facts, facts, (current, incoming) => {
        const once = mergeFacts(current, incoming)
        expect(mergeFacts(once, incoming)).toEqual(once)
      }),
      { numRuns: 1000 },
    )
  })
})
