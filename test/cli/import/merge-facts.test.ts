import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mergeFacts } from '#cli/import/careers/merge-facts.ts'
import { aFact } from '#test/builders/career.ts'
import '#test/builders/seeded.ts'

describe('facts that are brought', () => {
  it('take the place of those that say the same, and leave all others where they are', () => {
    const [kept, old, other] = [aFact({ metric: 'a' }), aFact({ metric: 'b', value: 1 }), aFact({ metric: 'c' })]
    const fresh = aFact({ metric: 'b', value: 2, period: 'May 2026' })
    const added = aFact({ metric: 'b', geography: 'Texas' })
    expect(mergeFacts([kept, old, other], [added, fresh])).toEqual([kept, fresh, other, added])
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
    const [named, linked] = [aFact({ source: { name: 'Bureau' } }), aFact({ source: { name: 'Old', url } })]
    const fresh = aFact({ source: { name: 'Bureau', url } })
    expect(mergeFacts([named, linked], [fresh, fresh])).toEqual([fresh])
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
      fc.property(facts, facts, (standing, brought) => {
        const once = mergeFacts(standing, brought)
        expect(mergeFacts(once, brought)).toEqual(once)
      }),
      { numRuns: 1000 },
    )
  })
})
