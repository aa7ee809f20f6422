import { describe, expect, it } from 'vitest'
import { decide } from '#shared/domain/routing/decide.ts'
import { aCandidate, type CandidateParts } from '#test/builders/catalog.ts'
import { inputs, reasonsIn, selected, verdictOn } from '#test/builders/routing.ts'

describe('a hybrid', () => {
  const hybrid = (exclusiveMultiplier: number, more: CandidateParts['campaign'] = {}) =>
    aCandidate({
      campaign: { id: 'hybrid', priority: 0, sharing: 'hybrid', priceCents: 4000, exclusiveMultiplier, ...more },
    })
  const others = ranked('b', 'c')

  it('takes the lead alone where that brings no less than sharing would', () => {
    const decision = decide(inputs({ candidates: [...others, hybrid(3)] }))
    expect(selected(decision)).toEqual(['hybrid'])
    expect(verdictOn('hybrid', decision)).toMatchObject({ exclusive: true, priceCents: 12_000 })
    expect(reasonsIn(decision)).toMatchObject({ b: 'OUTRANKED', c: 'OUTRANKED' })
  })

  it('shares at its plain price where sharing brings more', () => {
    const decision = decide(inputs({ candidates: [...others, hybrid(2.99)] }))
    expect(selected(decision)).toEqual(['hybrid', 'b', 'c'])
    expect(verdictOn('hybrid', decision)).toMatchObject({ priceCents: 4000 })
    expect(verdictOn('hybrid', decision)).not.toHaveProperty('exclusive')
  })

  it('shares where its budget is enough for the plain price only', () => {
    const budget = (limit: number) => hybrid(3, { caps: [{ period: 'day', limit, unit: 'cents' }] })
    expect(selected(decide(inputs({ candidates: [...others, budget(12_000)] })))).toEqual(['hybrid'])
    expect(selected(decide(inputs({ candidates: [...others, budget(11_999)] })))).toEqual(['hybrid', 'b', 'c'])
  })

  it('shares further down, and where others have the lead already', () => {
    const below = hybrid(100, { priority: 9 })
    expect(selected(decide(inputs({ candidates: [...others, below] })))).toEqual(['b', 'c', 'hybrid'])
    expect(selected(decide(inputs({ candidates: [...others, hybrid(100)], soldTo: 1 })))).toEqual(['hybrid', 'b', 'c'])
  })

  it('pays whole cents', () => {
    expect(verdictOn('hybrid', decide(inputs({ candidates: [hybrid(1.33333)] })))).toMatchObject({ priceCents: 5333 })
  })
})

describe('a lead that others have already', () => {
  it('is not for an exclusive campaign, also where that is the best', () => {
    const exclusive = aCandidate({ campaign: { id: 'exclusive', priority: 0, sharing: 'exclusive' } })
    const decision = decide(inputs({ candidates: [exclusive, ...ranked('b')], soldTo: 1 }))
    expect(reasonsIn(decision)).toEqual({ exclusive: 'OUTRANKED', b: undefined })
  })

  it('counts them among the schools that the source allows', () => {
    const decision = decide(inputs({ candidates: ranked('a', 'b'), maxSales: 3, soldTo: 2 }))
    expect(reasonsIn(decision)).toEqual({ a: undefined, b: 'MAX_SALES_REACHED' })
  })

  it('counts them among the others that a campaign puts up with', () => {
    const shy = aCandidate({ campaign: { id: 'shy', shareWith: 1 } })
    expect(reasonsIn(decide(inputs({ candidates: [shy], soldTo: 1 }))).shy).toBeUndefined()
    expect(reasonsIn(decide(inputs({ candidates: [shy], soldTo: 2 }))).shy).toBe('MAX_SALES_REACHED')
  })

  it('goes to nobody where it was sold alone', () => {
    expect(selected(decide(inputs({ candidates: ranked('a'), maxSales: 0, soldTo: 1 })))).toEqual([])
  })
})

describe('how many others a campaign shares with', () => {
  const shy = (priority: number) => aCandidate({ campaign: { id: 'shy', priority, shareWith: 1 } })

  it('stops those below it', () => {
    const decision = decide(inputs({ candidates: [shy(0), ...ranked('a', 'b')] }))
    expect(selected(decision)).toHaveLength(2)
    expect(reasonsIn(decision)).toMatchObject({ shy: undefined, b: 'MAX_SALES_REACHED' })
  })

  it('stops itself below as many, and leaves the rest to others', () => {
    const decision = decide(inputs({ candidates: [...ranked('a', 'b'), shy(5), ...ranked('c')] }))
    expect(reasonsIn(decision).shy).toBe('MAX_SALES_REACHED')
    expect(selected(decision).toSorted()).toEqual(['a', 'b', 'c'])
  })
})

function ranked(...ids: string[]) {
  return ids.map((id, at) => aCandidate({ campaign: { id, priority: at + 1 } }))
}
