import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decide, rulesVersion } from '#shared/domain/decide.ts'
import { outcomeOf } from '#shared/domain/decision.ts'
import { questions } from '#test/builders/arbitraries.ts'
import { aCandidate, type CandidateParts } from '#test/builders/catalog.ts'
import { someInstant } from '#test/builders/lead.ts'
import { aQuestion, reasonsIn, selected } from '#test/builders/routing.ts'
import { promises } from './decide-promises.ts'

describe('of every question', () => {
  it.each(promises)('$name', ({ holds }) => {
    fc.assert(
      fc.property(questions, (question) => holds(decide, question)),
      { numRuns: 60 },
    )
  })
})

describe('the check of each promise sees a decide that breaks it', () => {
  it.each(promises)('$name', ({ holds, broken }) => {
    const decideWrongly = broken()
    const checked = fc.check(
      fc.property(questions, (question) => holds(decideWrongly, question)),
      { numRuns: 2000, seed: 20261123, endOnFailure: true },
    )
    expect(checked.failed).toBe(true)
  })
})

describe('choosing', () => {
  it('lets an exclusive campaign at the top take the lead alone', () => {
    const exclusive = aCandidate({ campaign: { id: 'exclusive', priority: 1, sharing: 'exclusive' } })
    const shared = aCandidate({ campaign: { id: 'shared', priority: 2 } })

    const decision = decide(aQuestion({ candidates: [shared, exclusive] }))

    expect(selected(decision)).toEqual(['exclusive'])
    expect(reasonsIn(decision)).toEqual({ exclusive: undefined, shared: 'OUTRANKED' })
  })

  it('passes over an exclusive campaign further down, and goes on below it', () => {
    const candidates = [
      aCandidate({ campaign: { id: 'first', priority: 1 } }),
      aCandidate({ campaign: { id: 'exclusive', priority: 2, sharing: 'exclusive' } }),
      aCandidate({ campaign: { id: 'third', priority: 3 } }),
    ]

    const decision = decide(aQuestion({ candidates }))

    expect(selected(decision)).toEqual(['first', 'third'])
    expect(reasonsIn(decision).exclusive).toBe('OUTRANKED')
  })

  it('lets the best campaign of a school stand for the school', () => {
    const school = { id: 'alder' }
    const candidates = [
      aCandidate({ campaign: { id: 'worse', priority: 2 }, school }),
      aCandidate({ campaign: { id: 'better', priority: 1 }, school }),
    ]

    expect(reasonsIn(decide(aQuestion({ candidates })))).toEqual({ better: undefined, worse: 'OUTRANKED' })
  })

  it('stops at as many schools as the source allows', () => {
    const decision = decide(aQuestion({ candidates: ranked('a', 'b', 'c'), maxSales: 2 }))

    expect(selected(decision)).toEqual(['a', 'b'])
    expect(reasonsIn(decision).c).toBe('MAX_SALES_REACHED')
  })

  it('sells a shared lead that has one taker', () => {
    expect(selected(decide(aQuestion({ candidates: ranked('only') })))).toEqual(['only'])
  })

  it('takes the highest price first where the source sells by price', () => {
    const candidates = [
      aCandidate({ campaign: { id: 'cheap', priceCents: 1000, priority: 1 } }),
      aCandidate({ campaign: { id: 'dear', priceCents: 9000, priority: 9 } }),
    ]

    expect(selected(decide(aQuestion({ candidates, method: 'price', maxSales: 1 })))).toEqual(['dear'])
  })

  it('shares first places out by weight, within a tenth over 2,000 leads', () => {
    const candidates = [
      aCandidate({ campaign: { id: 'one', weight: 1, priority: 1 } }),
      aCandidate({ campaign: { id: 'three', weight: 3, priority: 2 } }),
    ]
    const winners = seeds(2000).map((seed) =>
      selected(decide(aQuestion({ candidates, seed, method: 'weight', maxSales: 1 }))).join(),
    )

    expect(winners.filter((id) => id === 'three').length / 2000).toBeGreaterThan(0.675)
    expect(winners.filter((id) => id === 'three').length / 2000).toBeLessThan(0.825)
  })

  it('breaks a tie by lead and campaign, so that neither of two equals always comes first', () => {
    const candidates = ['a', 'b'].map((id) => aCandidate({ campaign: { id } }))
    const winners = seeds(200).map((seed) => selected(decide(aQuestion({ candidates, seed, maxSales: 1 }))).join())

    expect(winners.filter((id) => id === 'a').length).toBeGreaterThan(70)
    expect(winners.filter((id) => id === 'b').length).toBeGreaterThan(70)
  })

  it('names the best-placed program that fits the visitor', () => {
    const programs: CandidateParts['programs'] = [
      { id: 'second', rank: 2 },
      { id: 'elsewhere', rank: 0, states: ['OH'] },
      { id: 'first', rank: 1 },
    ]

    expect(decide(aQuestion({ candidates: [aCandidate({ programs })] })).verdicts).toMatchObject([
      { programId: 'first' },
    ])
  })
})

describe('a decision', () => {
  it('says by which rules, when and with which seed it was made', () => {
    expect(decide(aQuestion({ seed: 'lead_1' }))).toEqual({
      rulesVersion,
      decidedAt: someInstant,
      seed: 'lead_1',
      verdicts: [],
    })
  })

  it('is the outcome of its lead: accepted, unmatched, or a duplicate where that was why', () => {
    const paused = aCandidate({ campaign: { id: 'paused', status: 'paused' } })
    const candidates = [paused, aCandidate({ campaign: { id: 'open' }, school: { id: 'alder' } })]

    expect(outcomeOf(decide(aQuestion({ candidates })))).toBe('accepted')
    expect(outcomeOf(decide(aQuestion({ candidates: [paused] })))).toBe('unmatched')
    expect(outcomeOf(decide(aQuestion({ candidates, duplicateSchoolIds: ['alder'] })))).toBe('duplicate')
    expect(outcomeOf(decide(aQuestion()))).toBe('unmatched')
  })
})

function ranked(...ids: string[]) {
  return ids.map((id, priority) => aCandidate({ campaign: { id, priority } }))
}

function seeds(many: number) {
  return Array.from({ length: many }, (_, at) => `lead_${at}`)
}
