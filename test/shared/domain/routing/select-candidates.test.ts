import { describe, expect, it } from 'vitest'
import { decide } from '#shared/domain/routing/decide.ts'
import { rankCandidates } from '#shared/domain/routing/select-candidates.ts'
import { aCandidate, type CandidateParts } from '#test/builders/catalog.ts'
import { inputs, listSelected, reasonsByCampaign } from '#test/builders/routing.ts'

describe('selection', () => {
  it('sells a lead only to an exclusive campaign that ranks first', () => {
    const exclusive = aCandidate({ campaign: { id: 'exclusive', priority: 1, sharing: 'exclusive' } })
    const shared = aCandidate({ campaign: { id: 'shared', priority: 2 } })

    const decision = decide(inputs({ candidates: [shared, exclusive] }))

    expect(listSelected(decision)).toEqual(['exclusive'])
    expect(reasonsByCampaign(decision)).toEqual({ exclusive: undefined, shared: 'OUTRANKED' })
  })

  it.each([1, 5])('sells exclusively even if sharing would bring more, with at most %i sales', (maxSales) => {
    const exclusive = aCandidate({ campaign: { id: 'exclusive', priority: 0, sharing: 'exclusive', priceCents: 100 } })
    const decision = decide(inputs({ candidates: [exclusive, ...rankedCandidates('a', 'b')], maxSales }))

    expect(listSelected(decision)).toEqual(['exclusive'])
  })

  it('reads the sort key of each candidate once, so that thousands of candidates are ranked in little time', () => {
    let readCount = 0
    const candidates = Array.from({ length: 1000 }, (_, number) => {
      const candidate = aCandidate({ campaign: { id: `campaign-${number}` } })
      Object.defineProperty(candidate.campaign, 'priority', {
        get() {
          readCount += 1
          return 100
        },
      })
      return candidate
    })
    rankCandidates(candidates, inputs())
    expect(readCount).toBe(1000)
  })

  it('selects the program with the lowest id among programs of equal rank', () => {
    const programs = ['b', 'a', 'c'].map((id) => ({ id, rank: 7 }))
    const candidates = [aCandidate({ programs: [...programs, { id: '0', rank: 8 }] })]
    expect(decide(inputs({ candidates })).verdicts).toMatchObject([{ programId: 'a' }])
  })

  it('skips an exclusive campaign that does not rank first', () => {
    const candidates = [
      aCandidate({ campaign: { id: 'first', priority: 1 } }),
      aCandidate({ campaign: { id: 'exclusive', priority: 2, sharing: 'exclusive' } }),
      aCandidate({ campaign: { id: 'third', priority: 3 } }),
    ]

    const decision = decide(inputs({ candidates }))

    expect(listSelected(decision)).toEqual(['first', 'third'])
    expect(reasonsByCampaign(decision).exclusive).toBe('OUTRANKED')
  })

  it('selects only the best campaign of a school', () => {
    const school = { id: 'alder' }
    const candidates = [
      aCandidate({ campaign: { id: 'worse', priority: 2 }, school }),
      aCandidate({ campaign: { id: 'better', priority: 1 }, school }),
    ]

    expect(reasonsByCampaign(decide(inputs({ candidates })))).toEqual({ better: undefined, worse: 'OUTRANKED' })
  })

  it('stops at as many schools as the source allows', () => {
    const decision = decide(inputs({ candidates: rankedCandidates('a', 'b', 'c'), maxSales: 2 }))

    expect(listSelected(decision)).toEqual(['a', 'b'])
    expect(reasonsByCampaign(decision).c).toBe('MAX_SALES_REACHED')
  })

  it('sells a shared lead to a single buyer', () => {
    expect(listSelected(decide(inputs({ candidates: rankedCandidates('only') })))).toEqual(['only'])
  })

  it('ranks the highest price first if the source sells by price', () => {
    const candidates = [
      aCandidate({ campaign: { id: 'cheap', priceCents: 1000, priority: 1 } }),
      aCandidate({ campaign: { id: 'dear', priceCents: 9000, priority: 9 } }),
    ]

    expect(listSelected(decide(inputs({ candidates, method: 'price', maxSales: 1 })))).toEqual(['dear'])
  })

  it('breaks ties by lead and campaign, so that neither of two equals always wins', () => {
    const candidates = ['a', 'b'].map((id) => aCandidate({ campaign: { id } }))
    const winners = makeSeeds(200).map((seed) => listSelected(decide(inputs({ candidates, seed, maxSales: 1 }))).join())

    expect(winners.filter((id) => id === 'a').length).toBeGreaterThan(70)
    expect(winners.filter((id) => id === 'b').length).toBeGreaterThan(70)
  })

  it('selects the eligible program with the lowest rank', () => {
    const programs: CandidateParts['programs'] = [
      { id: 'second', rank: 2 },
      { id: 'elsewhere', rank: 0, states: ['OH'] },
      { id: 'first', rank: 1 },
    ]

    expect(decide(inputs({ candidates: [aCandidate({ programs })] })).verdicts).toMatchObject([{ programId: 'first' }])
  })
})

it('a match names every eligible school once, exclusive or not, with fallback campaigns last', () => {
  const candidates = [
    aCandidate({ campaign: { id: 'last', priority: 0, fallback: true } }),
    aCandidate({ campaign: { id: 'alone', priority: 1, sharing: 'exclusive' } }),
    aCandidate({ campaign: { id: 'shy', priority: 2, shareWith: 1 }, school: { id: 'birch' } }),
    aCandidate({ campaign: { id: 'twin', priority: 3 }, school: { id: 'birch' } }),
    aCandidate({ campaign: { id: 'hybrid', priority: 4, sharing: 'hybrid', exclusiveMultiplier: 99 } }),
  ]
  const decision = decide(inputs({ candidates, stage: 'match' }))
  expect(listSelected(decision)).toEqual(['alone', 'shy', 'hybrid', 'last'])
  expect(reasonsByCampaign(decision).twin).toBe('OUTRANKED')
  expect(reasonsByCampaign(decide(inputs({ candidates, stage: 'match', maxSales: 3 }))).last).toBe('MAX_SALES_REACHED')
})
function rankedCandidates(...ids: string[]) {
  return ids.map((id, at) => aCandidate({ campaign: { id, priority: at + 1 } }))
}

function makeSeeds(many: number) {
  return Array.from({ length: many }, (_, at) => `lead_${at}`)
}
