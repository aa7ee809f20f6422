import { describe, expect, it } from 'vitest'
import { decide } from '#shared/domain/routing/decide.ts'
import { findCapWindow } from '#shared/domain/routing/windows.ts'
import { aCandidate, type CandidateParts } from '#test/builders/catalog.ts'
import { someInstant } from '#test/builders/lead.ts'
import { fillCounters, findVerdict, inputs, listSelected, reasonsByCampaign } from '#test/builders/routing.ts'

type Cap = NonNullable<NonNullable<CandidateParts['campaign']>['caps']>[number]

describe('a campaign that is full', () => {
  it.each(['hour', 'day', 'week', 'month'] as const)('for the %s is passed over, and says until when', (period) => {
    const { end } = findCapWindow(period, someInstant, 'America/Chicago')
    const verdict = findVerdict('full', decideWhenFull([createFullCampaign({ period })]))
    expect(verdict).toMatchObject({ selected: false, until: end, detail: expect.stringMatching(/It is 1\.$/) })
    expect(verdict).not.toHaveProperty('parked')
  })

  it('for good does not say until when, and parks nothing', () => {
    const verdict = findVerdict('full', decideWhenFull([createFullCampaign({ period: 'total', onReached: 'park' })]))
    expect(verdict).toMatchObject({ reason: 'CAP_TOTAL' })
    expect(verdict).not.toHaveProperty('until')
    expect(verdict).not.toHaveProperty('parked')
  })

  it('parks the lead until the window ends, where it says so', () => {
    const { end } = findCapWindow('day', someInstant, 'America/Chicago')
    expect(findVerdict('full', decideWhenFull([createFullCampaign({ onReached: 'park' })]))).toMatchObject({
      parked: true,
      until: end,
    })
  })

  it('is named in a match beside others where it parks leads, and only there', () => {
    const other = createOpenCampaign('open', 500)
    expect(listSelected(decideWhenFull([createFullCampaign({ onReached: 'park' }), other], 'match'))).toEqual([
      'full',
      'open',
    ])
    expect(listSelected(decideWhenFull([createFullCampaign({ onReached: 'skip' }), other], 'match'))).toEqual(['open'])
    expect(
      listSelected(decideWhenFull([createFullCampaign({ period: 'total', onReached: 'park' }), other], 'match')),
    ).toEqual(['open'])
  })

  it('is full by the cap of its school, for each campaign of that school', () => {
    const school = { id: 'alder', caps: [{ period: 'day', limit: 1 } as const] }
    const both = ['a', 'b'].map((id) => aCandidate({ campaign: { id }, school }))
    expect(reasonsByCampaign(decideWhenFull([...both, createOpenCampaign('c', 1)]))).toEqual({
      a: 'CAP_DAY',
      b: 'CAP_DAY',
      c: undefined,
    })
  })

  it('still takes the leads that its cap does not count', () => {
    const rules = { field: 'military', op: 'equals', value: true } as const
    const candidates = [createFullCampaign({ rules })]
    const counters = fillCounters(candidates, inputs({ profile: { military: true } }).profile, (limit) => limit)
    const about = (military: boolean) => decide(inputs({ candidates, counters, profile: { military } }))
    expect(reasonsByCampaign(about(true))).toEqual({ full: 'CAP_DAY' })
    expect(listSelected(about(false))).toEqual(['full'])
  })
})

describe('a fallback campaign', () => {
  const last = createOpenCampaign('last', 0, { fallback: true })
  const fallbackOptions = { onReached: { fallback: 'last' } }

  it('takes what no other campaign takes, however good its place', () => {
    expect(listSelected(decideWhenFull([last, createFullCampaign({})]))).toEqual(['last'])
    expect(reasonsByCampaign(decideWhenFull([last, createOpenCampaign('b', 9)]))).toEqual({
      b: undefined,
      last: 'OUTRANKED',
    })
    expect(findVerdict('last', decideWhenFull([last, createOpenCampaign('b', 9)]))).toMatchObject({ rank: 2 })
  })

  it('stands in beside others for the full campaign that names it, in its own place', () => {
    expect(
      listSelected(decideWhenFull([last, createFullCampaign(fallbackOptions), createOpenCampaign('b', 9)])),
    ).toEqual(['last', 'b'])
    expect(findVerdict('full', decideWhenFull([last, createFullCampaign(fallbackOptions)]))).not.toHaveProperty(
      'standIn',
    )
  })

  it('does not stand in for one that is not full', () => {
    const roomy = aCandidate({ campaign: { id: 'roomy', caps: [{ period: 'day', limit: 9, ...fallbackOptions }] } })
    expect(listSelected(decide(inputs({ candidates: [last, roomy] })))).toEqual(['roomy'])
  })

  it('does not stand in for one that would not have taken the lead anyway', () => {
    const elsewhere = aCandidate({
      campaign: { id: 'elsewhere', caps: [{ period: 'day', limit: 1, ...fallbackOptions }] },
      programs: [{ states: ['OH'] }],
    })
    expect(listSelected(decideWhenFull([last, elsewhere, createOpenCampaign('b', 9)]))).toEqual(['b'])
  })

  it('that is full is stood in for by the one that it names, where it was in play itself', () => {
    const second = createOpenCampaign('second', 9, { fallback: true })
    const first = aCandidate({
      campaign: { id: 'first', fallback: true, caps: [{ period: 'day', limit: 1, onReached: { fallback: 'second' } }] },
    })
    const chained = createFullCampaign({ onReached: { fallback: 'first' } })
    expect(listSelected(decideWhenFull([first, second, chained, createOpenCampaign('b', 5)]))).toEqual(['b', 'second'])
    expect(listSelected(decideWhenFull([first, second, createOpenCampaign('b', 5)]))).toEqual(['b'])
  })

  it('of two that name each other in a ring, neither is waited for', () => {
    const ring = ['x', 'y'].map((id, at) =>
      aCandidate({ campaign: { id, caps: [{ period: 'day', limit: 1, onReached: { fallback: at ? 'x' : 'y' } }] } }),
    )
    expect(reasonsByCampaign(decideWhenFull(ring))).toEqual({ x: 'CAP_DAY', y: 'CAP_DAY' })
  })

  it('takes no lead that somebody has already', () => {
    expect(reasonsByCampaign(decide(inputs({ candidates: [last], soldTo: 1 })))).toEqual({ last: 'OUTRANKED' })
  })

  it('takes a lead that those in play may not have', () => {
    const shut = createOpenCampaign('shut', 1)
    expect(listSelected(decide(inputs({ candidates: [last, shut], rejectedBy: [shut.school.id] })))).toEqual(['last'])
  })
})

function createFullCampaign(cap: Partial<Cap>) {
  return aCandidate({ campaign: { id: 'full', caps: [{ period: 'day', limit: 1, ...cap }] } })
}

function createOpenCampaign(id: string, priority: number, more: CandidateParts['campaign'] = {}) {
  return aCandidate({ campaign: { id, priority, ...more } })
}

/** What is decided where every cap is reached. */
function decideWhenFull(candidates: ReturnType<typeof createOpenCampaign>[], stage: 'match' | 'lead' = 'lead') {
  const { profile } = inputs()
  return decide(inputs({ candidates, stage, counters: fillCounters(candidates, profile, (limit) => limit) }))
}
