import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decide, rulesVersion } from '#shared/domain/routing/decide.ts'
import { toLeadOutcome } from '#shared/domain/routing/decision.ts'
import { arbitraryInputs } from '#test/builders/arbitrary-inputs.ts'
import { aCandidate } from '#test/builders/catalog.ts'
import { someInstant } from '#test/builders/lead.ts'
import { inputs } from '#test/builders/routing.ts'
import { checkControl } from '#test/check-control.ts'
import { promises } from './decision-promises.ts'

describe('decide, for any inputs', () => {
  it.each(promises)('$name', ({ holds }) => {
    fc.assert(
      fc.property(arbitraryInputs, (inputs) => holds(decide, inputs)),
      { numRuns: 40 },
    )
  })
})

describe('the promises about decide', () => {
  it.each(promises)('detects: a decide that breaks "$name"', async ({ holds, broken }) => {
    const decideWrongly = broken()
    const property = fc.property(arbitraryInputs, (inputs) => holds(decideWrongly, inputs))
    expect((await checkControl(property, { numRuns: 2000 })).failed).toBe(true)
  })
})

describe('a decision', () => {
  it('records the version of the rules, the time and the seed', () => {
    expect(decide(inputs({ seed: 'lead_1' }))).toEqual({
      rulesVersion,
      decidedAt: someInstant,
      seed: 'lead_1',
      verdicts: [],
    })
  })

  it('gives the outcome accepted, unmatched or duplicate', () => {
    const paused = aCandidate({ campaign: { id: 'paused', status: 'paused' } })
    const candidates = [paused, aCandidate({ campaign: { id: 'open' }, school: { id: 'alder' } })]

    expect(toLeadOutcome(decide(inputs({ candidates })))).toBe('accepted')
    expect(toLeadOutcome(decide(inputs({ candidates: [paused] })))).toBe('unmatched')
    expect(toLeadOutcome(decide(inputs({ candidates, duplicateSchoolIds: ['alder'] })))).toBe('duplicate')
    expect(toLeadOutcome(decide(inputs({ candidates, duplicateOfSource: true })))).toBe('duplicate')
    expect(toLeadOutcome(decide(inputs()))).toBe('unmatched')
  })
})
