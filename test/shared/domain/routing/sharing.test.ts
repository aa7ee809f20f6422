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

  it('takes the lead alone where that brings no less than sharing would', () => {
    const decision = decide(inputs({ candidates: [...others, hybrid(3)] }))
    expect(listSelected(decision)).toEqual(['hybrid'])
    expect(findVerdict('hybrid', decision)).toMatchObject({ exclusive: true, priceCents: 12_000 })
    expect(reasonsByCampaign(decision)).toMatchObject({ b: 'OUTRANKED', c: 'OUTRANKED' })
  })

  it('shares at its plain price where sharing brings more', () => {
    const decision = decide(inputs({ candidates: [...others, hybrid(2.99)] }))
    expect(listSelected(decision)).toEqual(['hybrid', 'b', 'c'])
    expect(findVerdict('hybrid', decision)).toMatchObject({ priceCents: 4000 })
    expect(findVerdict('hybrid', decision)).not.toHaveProperty('exclusive')
  })

  it('shares where its budget is enough for the plain price only', () => {
    const budget = (limit: number) => hybrid(3, { caps: [{ period: 'day', limit, unit: 'cents' }] })
    expect(listSelected(decide(inputs({ candidates: [...others, budget(12_000)] })))).toEqual(['hybrid'])
    expect(listSelected(decide(inputs({ candidates: [...others, budget(11_999)] })))).toEqual(['hybrid', 'b', 'c'])
  })

  it('shares further down, and where others have the lead already', () => {
    const below = hybrid(100, { priority: 9 })
    expect(listSelected(decide(inputs({ candidates: [...others, below] })))).toEqual(['b', 'c', 'hybrid'])
    expect(listSelected(decide(inputs({ candidates: [...others, hybrid(100)], soldTo: 1 })))).toEqual([
      'hybrid',
      'b',
      'c',
    ])
  })

  it('pays whole cents', () => {
    expect(findVerdict('hybrid', decide(inputs({ candidates: [hybrid(1.33333)] })))).toMatchObject({ priceCents: 5333 })
  })
})

describe('a lead that others have already', () => {
  it('is not for an exclusive campaign, also where that is the best', () => {
    const exclusive = aCandidate({ campaign: { id: 'exclusive', priority: 0, sharing: 'exclusive' } })
    const decision = decide(inputs({ candidates: [exclusive, ...rankedCandidates('b')], soldTo: 1 }))
    expect(reasonsByCampaign(decision)).toEqual({ exclusive: 'OUTRANKED', b: undefined })
  })

  it('counts them among the schools that the source allows', () => {
    const decision = decide(inputs({ candidates: rankedCandidates('a', 'b'), maxSales: 3, soldTo: 2 }))
    expect(reasonsByCampaign(decision)).toEqual({ a: undefined, b: 'MAX_SALES_REACHED' })
  })

  it('counts them among the others that a campaign puts up with', () => {
    const shy = aCandidate({ campaign: { id: 'shy', shareWith: 1 } })
    expect(reasonsByCampaign(decide(inputs({ candidates: [shy], soldTo: 1 }))).shy).toBeUndefined()
    expect(reasonsByCampaign(decide(inputs({ candidates: [shy], soldTo: 2 }))).shy).toBe('MAX_SALES_REACHED')
  })

  it('goes to nobody where it was sold alone', () => {
    expect(listSelected(decide(inputs({ candidates: rankedCandidates('a'), maxSales: 0, soldTo: 1 })))).toEqual([])
  })
})

describe('how many others a campaign shares with', () => {
  const shy = (priority: number) => aCandidate({ campaign: { id: 'shy', priority, shareWith: 1 } })

  it('stops those below it', () => {
    const decision = decide(inputs({ candidates: [shy(0), ...rankedCandidates('a', 'b')] }))
    expect(listSelected(decision)).toHaveLength(2)
    expect(reasonsByCampaign(decision)).toMatchObject({ shy: undefined, b: 'MAX_SALES_REACHED' })
  })

  it('stops itself below as many, and leaves the rest to others', () => {
    const decision = decide(inputs({ candidates: [...rankedCandidates('a', 'b'), shy(5), ...rankedCandidates('c')] }))
    expect(reasonsByCampaign(decision).shy).toBe('MAX_SALES_REACHED')
    expect(listSelected(decision).toSorted()).toEqual(['a', 'b', 'c'])
  })
})

function rankedCandidates(...ids: string[]) {
  return ids.map((id, at) => aCandidate({ campaign: { id, priority: at + 1 } }))
}
