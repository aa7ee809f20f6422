import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mergeFacts } from '#cli/import/careers/merge-facts.ts'
import { aFact } from '#test/builders/career.ts'
import '#test/builders/seeded.ts'

describe('facts that are brought', () => {
  it('take the place of those that say the same, and leave all others where they are', () => {
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

  it('know a source by its page where its name has changed, and are not those of another', () => {
    const url = 'https://bureau.example/wages'
    const before = aFact({ source: { name: 'Statistics', url } })
    const renamed = aFact({ source: { name: 'Statistics and more', url } })
    const survey = aFact({ source: { name: 'A survey' } })
    expect(mergeFacts([before, survey], [renamed])).toEqual([renamed, survey])
  })

  it('are there once, also where two stood for the same', () => {
    const url = 'https://bureau.example/wages'
    const [byName, byUrl] = [aFact({ source: { name: 'Bureau' } }), aFact({ source: { name: 'Old', url } })]
    const updatedFact = aFact({ source: { name: 'Bureau', url } })
    expect(mergeFacts([byName, byUrl], [updatedFact, updatedFact])).toEqual([updatedFact])
  })

  it('change nothing where they are brought again, whatever they are', () => {
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
