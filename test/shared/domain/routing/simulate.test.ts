import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Candidate } from '#shared/domain/routing/candidate.ts'
import { type DecisionInputs, decide, storedInputs } from '#shared/domain/routing/decide.ts'
import { type PastLead, simulate } from '#shared/domain/routing/simulate.ts'
import { addResults, createEmptyResult } from '#shared/domain/routing/simulation-result.ts'
import { leadStreams } from '#test/builders/arbitrary-inputs.ts'
import { aCandidate, type CandidateParts } from '#test/builders/catalog.ts'
import { applyDecision, inputs } from '#test/builders/routing.ts'
import { checkControl } from '#test/check-control.ts'

const alder = (more: CandidateParts['campaign'] = {}) =>
  aCandidate({ campaign: { id: 'alder', priceCents: 4000, ...more }, school: { id: 'alder' } })
const birch = aCandidate({ campaign: { id: 'birch', priceCents: 1000, priority: 900 }, school: { id: 'birch' } })

describe('a simulation', () => {
  const past = decidePastLeads(5, { candidates: [alder({ caps: [{ period: 'day', limit: 3 }] }), birch], maxSales: 1 })

  it('returns buyers, refusals, reached caps and revenue, before and after', () => {
    const { before, after } = simulate(past, [alder({ priceCents: 5000, caps: [{ period: 'day', limit: 4 }] })], {})

    expect(before).toEqual({
      leads: 5,
      unmatched: 0,
      schools: { alder: { leads: 3, revenueCents: 12_000 }, birch: { leads: 2, revenueCents: 2000 } },
      refusals: { MAX_SALES_REACHED: 3, CAP_DAY: 2 },
      capsReached: { alder: 2 },
    })
    expect(after).toEqual({
      leads: 5,
      unmatched: 0,
      schools: { alder: { leads: 4, revenueCents: 20_000 }, birch: { leads: 1, revenueCents: 1000 } },
      refusals: { MAX_SALES_REACHED: 4, CAP_DAY: 1 },
      capsReached: { alder: 1 },
    })
  })

  it('starts counters at the values that the first lead has read', () => {
    const later = past.slice(2)
    expect(simulate(later, [], {}).after).toEqual(simulate(later, [], {}).before)
  })

  it('does not count past sales that the draft does not make', () => {
    const shut = simulate(past.slice(0, 2), [alder({ status: 'paused', caps: [{ period: 'day', limit: 3 }] })], {})
    const { after } = simulate(past.slice(2), [alder({ caps: [{ period: 'day', limit: 3 }] })], shut.counters)
    expect(after.schools.alder).toEqual({ leads: 3, revenueCents: 12_000 })
  })

  it('does not change its arguments', () => {
    const [original, counters] = [structuredClone(past), { 'campaigns#alder': { tally: 1 } }]
    simulate(past, [alder()], counters)
    expect(past).toEqual(original)
    expect(counters).toEqual({ 'campaigns#alder': { tally: 1 } })
  })

  it('counts schools whose ids are names of object members', () => {
    const odd = aCandidate({ campaign: { id: 'toString' }, school: { id: 'constructor' } })
    expect(simulate(decidePastLeads(2, { candidates: [odd] }), [], {}).after).toMatchObject({
      schools: { constructor: { leads: 2, revenueCents: 8000 } },
    })
    const full = aCandidate({ campaign: { id: 'toString', caps: [{ period: 'day', limit: 0 }] } })
    expect(simulate(decidePastLeads(2, { candidates: [full] }), [], {}).after.capsReached).toEqual({ toString: 2 })
  })
})

describe('a draft', () => {
  const past = decidePastLeads(2, { candidates: [birch], namedSchoolIds: ['birch'] })

  it('competes if it is new, as if the consent had named its school', () => {
    expect(simulate(past, [alder()], {}).after.schools).toMatchObject({ alder: { leads: 2 }, birch: { leads: 2 } })
  })

  it('competes only for leads of its careers and states', () => {
    const elsewhere = aCandidate({ campaign: { id: 'alder' }, programs: [{ states: ['OH'] }] })
    const otherwise = aCandidate({ campaign: { id: 'alder' }, programs: [{ careerSlugs: ['coder'] }] })
    for (const draft of [elsewhere, otherwise]) {
      const { after } = simulate(past, [draft], {})
      expect(after).toEqual(simulate(past, [], {}).after)
    }
  })

  it('competes only with its programs of the career and state', () => {
    const question = { id: 'licence', label: 'Do you hold a licence?', kind: 'yes-no' } as const
    const programs = [
      { rank: 1, careerSlugs: ['coder'] },
      { rank: 2, questions: [question] },
    ]
    const draft = aCandidate({ campaign: { id: 'alder' }, school: { id: 'alder' }, programs })
    expect(simulate(past, [draft], {}).after).toMatchObject({ refusals: { QUESTION: 2 } })
  })

  it('does not affect other campaigns if it is paused', () => {
    const both = decidePastLeads(3, { candidates: [alder(), birch], maxSales: 1 })
    expect(simulate(both, [alder({ status: 'paused' })], {}).after).toMatchObject({
      schools: { birch: { leads: 3 } },
      refusals: { CAMPAIGN_INACTIVE: 3 },
    })
  })

  it('takes turns by round robin, starting at the past tally', () => {
    const twin = aCandidate({ campaign: { id: 'twin' }, school: { id: 'twin' } })
    const turns = decidePastLeads(6, { candidates: [twin], method: 'round-robin', maxSales: 1 })
    const { after } = simulate(turns, [alder()], {})
    expect(after.schools).toMatchObject({ alder: { leads: 3 }, twin: { leads: 3 } })
  })
})

describe('any simulation', () => {
  const pages = (leads: PastLead[], draft: Candidate[], page: number, carry = true) => {
    let [sum, counters] = [createEmptyResult(), {}]
    for (let at = 0; at < leads.length; at += page) {
      const result = simulate(leads.slice(at, at + page), draft, carry ? counters : {})
      sum = addResults(sum, result.after)
      counters = JSON.parse(JSON.stringify(result.counters))
    }
    return sum
  }
  const cases = fc.tuple(leadStreams, fc.integer({ min: 1, max: 9 })).map(([leads, page]) => {
    const [first] = leads
    const drafts = first?.candidates
      .slice(0, 2)
      .map((one) => ({ ...one, campaign: { ...one.campaign, priority: 9, caps: [] } }))
    return { past: replayLeads(leads), draft: drafts ?? [], page }
  })

  it('adds up over pages to the same totals', () => {
    fc.assert(
      fc.property(cases, ({ past, draft, page }) => {
        expect(pages(past, draft, page)).toEqual(simulate(past, draft, {}).after)
      }),
      { numRuns: 20 },
    )
  })

  it('detects: pages that do not continue the counters', async () => {
    const forgetful = fc.property(cases, ({ past, draft, page }) => {
      expect(pages(past, draft, page, false)).toEqual(simulate(past, draft, {}).after)
    })
    const capped = alder({ caps: [{ period: 'total', limit: 1 }] })
    const example = { past: decidePastLeads(2, { candidates: [birch] }), draft: [capped], page: 1 }
    expect((await checkControl(forgetful, { numRuns: 2000, examples: [[example]] })).failed).toBe(true)
  })

  it('gives the same totals before and after without a draft', () => {
    fc.assert(
      fc.property(cases, ({ past }) => {
        const { before, after } = simulate(past, [], {})
        expect(after).toEqual(before)
      }),
      { numRuns: 20 },
    )
  })
})

function decidePastLeads(leads: number, overrides: Partial<Omit<DecisionInputs, 'profile'>>): PastLead[] {
  return replayLeads(Array.from({ length: leads }, (_, at) => inputs({ ...overrides, seed: `lead_${at}` })))
}

/** Leads decided one after the other, each with what the ones before have taken, as they are stored. */
function replayLeads(leads: readonly DecisionInputs[]): PastLead[] {
  let counters: DecisionInputs['counters'] = {}
  return leads.map((lead) => {
    const leadInputs = { namedSchoolIds: lead.candidates.map(({ school }) => school.id), ...lead, counters }
    const decision = decide(leadInputs)
    counters = applyDecision(decision, leadInputs)
    return { inputs: storedInputs.parse(JSON.parse(JSON.stringify(leadInputs))), decision }
  })
}
