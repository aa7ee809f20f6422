import { describe, expect, it } from 'vitest'
import { decide } from '#shared/domain/routing/decide.ts'
import { aCandidate, type CandidateParts } from '#test/builders/catalog.ts'
import { findVerdict, inputs, listSelected, reasonsByCampaign } from '#test/builders/routing.ts'

describe('a hybrid', () => {
  const hybrid = (exclusiveMultiplier: number, more: CandidateParts['campaign'] = {}) =>
    aCandidate({
      campaign: { id: 'hybrid', priority: 0, sharing: 'hybrid', priceCents: 4000, exclusiveMultiplier, ...more },
    })
  const others = rankedCandidates('b', 'c')

  it('takes the lead alone if that brings at least as much as sharing', () => {
    const decision = decide(inputs({ candidates: [...others, hybrid(3)] }))
    expect(listSelected(decision)).toEqual(['hybrid'])
    expect(findVerdict('hybrid', decision)).toMatchObject({ exclusive: true, priceCents: 12_000 })
    expect(reasonsByCampaign(decision)).toMatchObject({ b: 'OUTRANKED', c: 'OUTRANKED' })
  })

  it('shares at its normal price if sharing brings more', () => {
    const decision = decide(inputs({ candidates: [...others, hybrid(2.99)] }))
    expect(listSelected(decision)).toEqual(['hybrid', 'b', 'c'])
    expect(findVerdict('hybrid', decision)).toMatchObject({ priceCents: 4000 })
    expect(findVerdict('hybrid', decision)).not.toHaveProperty('exclusive')
  })

  it('shares if its budget covers only the normal price', () => {
    const budget = (limit: number) => hybrid(3, { caps: [{ period: 'day', limit, unit: 'cents' }] })
    expect(listSelected(decide(inputs({ candidates: [...others, budget(12_000)] })))).toEqual(['hybrid'])
    expect(listSelected(decide(inputs({ candidates: [...others, budget(11_999)] })))).toEqual(['hybrid', 'b', 'c'])
  })

  it('shares if it does not rank first or the lead is already sold', () => {
    const below = hybrid(100, { priority: 9 })
    expect(listSelected(decide(inputs({ candidates: [...others, below] })))).toEqual(['b', 'c', 'hybrid'])
    expect(listSelected(decide(inputs({ candidates: [...others, hybrid(100)], soldTo: 1 })))).toEqual([
      'hybrid',
      'b',
      'c',
    ])
  })

  it('pays whole cents for an exclusive lead', () => {
    expect(findVerdict('hybrid', decide(inputs({ candidates: [hybrid(1.33333)] })))).toMatchObject({ priceCents: 5333 })
  })
})

describe('a lead that is already sold', () => {
  it('is not sold to an exclusive campaign, even if it ranks first', () => {
    const exclusive = aCandidate({ campaign: { id: 'exclusive', priority: 0, sharing: 'exclusive' } })
    const decision = decide(inputs({ candidates: [exclusive, ...rankedCandidates('b')], soldTo: 1 }))
    expect(reasonsByCampaign(decision)).toEqual({ exclusive: 'OUTRANKED', b: undefined })
  })

  it('counts earlier buyers toward the limit of the source', () => {
    const decision = decide(inputs({ candidates: rankedCandidates('a', 'b'), maxSales: 3, soldTo: 2 }))
    expect(reasonsByCampaign(decision)).toEqual({ a: undefined, b: 'MAX_SALES_REACHED' })
  })

  it('counts earlier buyers toward the sharing limit of a campaign', () => {
    const shy = aCandidate({ campaign: { id: 'shy', shareWith: 1 } })
    expect(reasonsByCampaign(decide(inputs({ candidates: [shy], soldTo: 1 }))).shy).toBeUndefined()
    expect(reasonsByCampaign(decide(inputs({ candidates: [shy], soldTo: 2 }))).shy).toBe('MAX_SALES_REACHED')
  })

  it('is not sold again after an exclusive sale', () => {
    expect(listSelected(decide(inputs({ candidates: rankedCandidates('a'), maxSales: 0, soldTo: 1 })))).toEqual([])
  })
})

describe('the sharing limit of a campaign', () => {
  const shy = (priority: number) => aCandidate({ campaign: { id: 'shy', priority, shareWith: 1 } })

  it('refuses campaigns that rank below it', () => {
    const decision = decide(inputs({ candidates: [shy(0), ...rankedCandidates('a', 'b')] }))
    expect(listSelected(decision)).toHaveLength(2)
    expect(reasonsByCampaign(decision)).toMatchObject({ shy: undefined, b: 'MAX_SALES_REACHED' })
  })

  it('refuses the campaign itself if too many rank above it, and lets others buy', () => {
    const decision = decide(inputs({ candidates: [...rankedCandidates('a', 'b'), shy(5), ...rankedCandidates('c')] }))
    expect(reasonsByCampaign(decision).shy).toBe('MAX_SALES_REACHED')
    expect(listSelected(decision).toSorted()).toEqual(['a', 'b', 'c'])
  })
})

function rankedCandidates(...ids: string[]) {
  return ids.map((id, at) => aCandidate({ campaign: { id, priority: at + 1 } }))
}
