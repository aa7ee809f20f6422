import { describe, expect, it } from 'vitest'
import { decide } from '#shared/domain/routing/decide.ts'
import { findCapWindow } from '#shared/domain/routing/windows.ts'
import { aCandidate, type CandidateParts } from '#test/builders/catalog.ts'
import { someInstant } from '#test/builders/lead.ts'
import { fillCounters, findVerdict, inputs, listSelected, reasonsByCampaign } from '#test/builders/routing.ts'

type Cap = NonNullable<NonNullable<CandidateParts['campaign']>['caps']>[number]

describe('a campaign that is full', () => {
  it.each(['hour', 'day', 'week', 'month'] as const)('for the %s is skipped, with the end of the window', (period) => {
    const { end } = findCapWindow(period, someInstant, 'America/Chicago')
    const verdict = findVerdict('full', decideWhenFull([createFullCampaign({ period })]))
    expect(verdict).toMatchObject({ selected: false, until: end, detail: expect.stringMatching(/The limit is 1\.$/) })
    expect(verdict).not.toHaveProperty('parked')
  })

  it('by a total cap has no end and parks nothing', () => {
    const verdict = findVerdict('full', decideWhenFull([createFullCampaign({ period: 'total', onReached: 'park' })]))
    expect(verdict).toMatchObject({ reason: 'CAP_TOTAL' })
    expect(verdict).not.toHaveProperty('until')
    expect(verdict).not.toHaveProperty('parked')
  })

  it('parks the lead until the window ends if its cap is set to park', () => {
    const { end } = findCapWindow('day', someInstant, 'America/Chicago')
    expect(findVerdict('full', decideWhenFull([createFullCampaign({ onReached: 'park' })]))).toMatchObject({
      parked: true,
      until: end,
    })
  })

  it('is named in a match only if it parks leads', () => {
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

  it('is refused by the cap of its school, like every campaign of that school', () => {
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

  it('takes only leads that no other campaign takes, whatever its priority', () => {
    expect(listSelected(decideWhenFull([last, createFullCampaign({})]))).toEqual(['last'])
    expect(reasonsByCampaign(decideWhenFull([last, createOpenCampaign('b', 9)]))).toEqual({
      b: undefined,
      last: 'OUTRANKED',
    })
    expect(findVerdict('last', decideWhenFull([last, createOpenCampaign('b', 9)]))).toMatchObject({ rank: 2 })
  })

  it('replaces a full campaign that names it, with its own rank', () => {
    expect(
      listSelected(decideWhenFull([last, createFullCampaign(fallbackOptions), createOpenCampaign('b', 9)])),
    ).toEqual(['last', 'b'])
    expect(findVerdict('full', decideWhenFull([last, createFullCampaign(fallbackOptions)]))).not.toHaveProperty(
      'standIn',
    )
  })

  it('does not replace a campaign that is not full', () => {
    const roomy = aCandidate({ campaign: { id: 'roomy', caps: [{ period: 'day', limit: 9, ...fallbackOptions }] } })
    expect(listSelected(decide(inputs({ candidates: [last, roomy] })))).toEqual(['roomy'])
  })

  it('does not replace a campaign that would not have been eligible', () => {
    const elsewhere = aCandidate({
      campaign: { id: 'elsewhere', caps: [{ period: 'day', limit: 1, ...fallbackOptions }] },
      programs: [{ states: ['OH'] }],
    })
    expect(listSelected(decideWhenFull([last, elsewhere, createOpenCampaign('b', 9)]))).toEqual(['b'])
  })

  it('is replaced by its own fallback if it is full and was active', () => {
    const second = createOpenCampaign('second', 9, { fallback: true })
    const first = aCandidate({
      campaign: { id: 'first', fallback: true, caps: [{ period: 'day', limit: 1, onReached: { fallback: 'second' } }] },
    })
    const chained = createFullCampaign({ onReached: { fallback: 'first' } })
    expect(listSelected(decideWhenFull([first, second, chained, createOpenCampaign('b', 5)]))).toEqual(['b', 'second'])
    expect(listSelected(decideWhenFull([first, second, createOpenCampaign('b', 5)]))).toEqual(['b'])
  })

  it('does not loop if two full campaigns name each other', () => {
    const ring = ['x', 'y'].map((id, at) =>
      aCandidate({ campaign: { id, caps: [{ period: 'day', limit: 1, onReached: { fallback: at ? 'x' : 'y' } }] } }),
    )
    expect(reasonsByCampaign(decideWhenFull(ring))).toEqual({ x: 'CAP_DAY', y: 'CAP_DAY' })
  })

  it('takes no lead that is already sold', () => {
    expect(reasonsByCampaign(decide(inputs({ candidates: [last], soldTo: 1 })))).toEqual({ last: 'OUTRANKED' })
  })

  it('takes a lead that the other campaigns may not have', () => {
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

/** Decides with every cap reached. */
function decideWhenFull(candidates: ReturnType<typeof createOpenCampaign>[], stage: 'match' | 'lead' = 'lead') {
  const { profile } = inputs()
  return decide(inputs({ candidates, stage, counters: fillCounters(candidates, profile, (limit) => limit) }))
}
