import { describe, expect, it } from 'vitest'
import { aCandidate, aSource } from '#test/builders/catalog.ts'
import { aLead } from '#test/builders/lead.ts'
import { birch, planTestDeliveries } from './plan-test-deliveries.ts'

describe('a test lead', () => {
  const lead = aLead({ test: true })

  it.each(['priority', 'round-robin', 'weight'] as const)(
    'is routed by %s like other leads, but is marked, free and not counted',
    (method) => {
      const [first, second, ...rest] = planTestDeliveries({ lead, source: aSource({ method }) })
      expect([first, second].map((one) => one?.delivery.schoolId).toSorted()).toEqual(['alder', 'birch'])
      expect(rest).toEqual([])
      for (const one of [first, second])
        expect(one).toMatchObject({
          delivery: { test: true, priceCents: 0 },
          event: { data: { test: true } },
          reservations: [],
          dedupeMarkers: [],
        })
    },
  )
})

describe('an exclusive sale to a hybrid campaign', () => {
  const hybrid = aCandidate({
    campaign: {
      id: 'hybrid',
      sharing: 'hybrid',
      exclusiveMultiplier: 2.5,
      caps: [{ period: 'total', limit: 10_000, unit: 'cents' }],
    },
  })

  it('is billed and counted at the exclusive price', () => {
    expect(planTestDeliveries({ candidates: [hybrid, birch] })).toMatchObject([
      { delivery: { campaignId: 'hybrid', priceCents: 10_000 }, reservations: [{ amount: 10_000, limit: 10_000 }] },
    ])
  })
})

describe('turns', () => {
  const counters = { 'campaigns#birch': { tally: 7 } }
  const listReservations = (method: 'priority' | 'price' | 'weight' | 'round-robin') =>
    planTestDeliveries({ candidates: [birch], source: aSource({ method }), counters }).flatMap(
      ({ reservations }) => reservations,
    )

  it('are reserved by round robin only while the tally is unchanged', () => {
    expect(listReservations('round-robin')).toEqual([
      { owner: 'campaigns#birch', counter: 'tally', amount: 1, limit: 8 },
    ])
  })

  it('are reserved by weight without a limit, and by no other method', () => {
    expect(listReservations('weight')).toMatchObject([{ owner: 'campaigns#birch', counter: 'tally', amount: 1 }])
    expect(listReservations('weight')[0]?.limit).toBeGreaterThan(1e12)
    expect([listReservations('priority'), listReservations('price')]).toEqual([[], []])
  })
})
