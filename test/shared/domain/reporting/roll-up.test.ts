import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addDeliveryFigures,
  addFigures,
  addRollUps,
  type DeliveryFigures,
  dispositionOrder,
  emptyDeliveryFigures,
  emptyFigures,
  emptyRollUp,
  type Figures,
  type RollUpFigures,
  rollUpFigures,
} from '#shared/domain/reporting/figures.ts'
import { computeRates } from '#shared/domain/reporting/report.ts'
import { type LeadWithDeliveries, type RollUpDelivery, rollUp } from '#shared/domain/reporting/roll-up.ts'
import { checkControl } from '#test/check-control.ts'
import { testSeed } from '#test/test-seed.ts'

const seed = testSeed()

describe('rollUp', () => {
  it(`returns the same sums for any parts in any order (seed ${seed})`, () => {
    fc.assert(fc.property(leads, fc.nat({ max: 20 }), checkAssociativity(rollUp, addRollUps)), { seed })
  })

  it(`has sums by school and by source that equal the total (seed ${seed})`, () => {
    fc.assert(fc.property(leads, checkAgreement(rollUp)), { seed })
  })

  it(`has rates between 0 and 1 and none without a denominator (seed ${seed})`, () => {
    fc.assert(
      fc.property(leads, (all) => {
        const { whole, schools, sources } = rollUp(all)
        for (const one of [whole, ...schools, ...sources])
          for (const rate of Object.values(computeRates(one))) expect(rate >= 0 && rate <= 1).toBe(true)
      }),
      { seed },
    )
    expect(computeRates(emptyFigures)).toEqual({})
  })

  it.each<[string, (all: readonly LeadWithDeliveries[]) => RollUpFigures]>([
    ['count test leads in the total only', (all) => ({ ...rollUp(all), whole: rollUp(markAllReal(all)).whole })],
    ['leave out schools without revenue', (all) => withoutSchools(rollUp(all), ({ soldCents }) => soldCents === 0)],
    [
      'count credits at their source only',
      (all) => ({ ...rollUp(all), whole: { ...rollUp(all).whole, returnedCents: 0 } }),
    ],
  ])('detects by unequal sums: roll-ups that %s', async (_, wrong) => {
    const property = fc.property(leads, checkAgreement(wrong))
    expect((await checkControl(property, { numRuns: 300 })).failed).toBe(true)
  })

  it.each<[string, (all: readonly LeadWithDeliveries[]) => RollUpFigures, typeof addRollUps]>([
    ['store the median', (all) => ({ ...rollUp(all), whole: halveTimes(rollUp(all).whole) }), addRollUps],
    [
      'replace earlier parts by later ones',
      rollUp,
      (one, other) => ({ ...addRollUps(one, other), schools: other.schools }),
    ],
  ])('detects by unequal parts: roll-ups that %s', async (_, roll, add) => {
    const property = fc.property(leads, fc.nat({ max: 20 }), checkAssociativity(roll, add))
    expect((await checkControl(property, { numRuns: 300 })).failed).toBe(true)
  })
})

describe('a lead in a roll-up', () => {
  const whole = (...deliveries: RollUpDelivery[]) => rollUp([{ ...aLead, deliveries }]).whole

  it('is excluded if it is a test lead', () => {
    expect(rollUp([{ ...aLead, test: true, deliveries: [aDelivery] }])).toEqual(emptyRollUp)
  })

  it('counts at its career and state, and each of its deliveries at its campaign and program', () => {
    const bought = { ...aDelivery, campaignId: 'alder-tx', programId: 'coding' }
    const { groups } = rollUp([
      { ...aLead, careerSlug: 'coder', state: 'TX', deliveries: [bought, { ...bought, campaignId: 'birch-tx' }] },
      { ...aLead, careerSlug: 'coder', state: 'FL', outcome: 'unmatched' },
      // The data of its person were deleted.
      { ...aLead, deliveries: [bought] },
    ])
    expect(groups?.campaigns.map(({ id, soldCents }) => [id, soldCents])).toEqual([
      ['alder-tx', 9000],
      ['birch-tx', 4500],
    ])
    expect(groups?.programs.map(({ id, deliveries }) => [id, deliveries.created])).toEqual([['coding', 3]])
    expect(groups?.careers.map(({ id, leads: counts }) => [id, counts.received, counts.unmatched])).toEqual([
      ['coder', 2, 1],
    ])
    expect(groups?.states.map(({ id, soldCents }) => [id, soldCents])).toEqual([
      ['FL', 0],
      ['TX', 9000],
    ])
  })

  it('makes a sum without groups if one of its days was counted before there were groups', () => {
    const { groups: _, ...earlier } = rollUp([{ ...aLead, deliveries: [aDelivery] }])
    const sum = addRollUps(earlier, rollUp([{ ...aLead, state: 'TX', deliveries: [aDelivery] }]))
    expect(sum.groups).toBeUndefined()
    expect(sum.whole.soldCents).toBe(9000)
  })

  it('counts as quarantined if it has no decision', () => {
    const { leads: leadCounts } = rollUp([
      { ...aLead, outcome: 'unmatched', decisions: 0 },
      { ...aLead, outcome: 'unmatched', decisions: 1 },
    ]).whole
    expect(leadCounts).toEqual({ received: 2, accepted: 0, unmatched: 2, duplicate: 0, quarantined: 1 })
  })

  it('stays sold if it is sent again or erased after delivery', () => {
    const { states, deliveries, soldCents } = whole(
      aDelivery,
      { ...aDelivery, state: 'erased' },
      { ...aDelivery, state: 'pending' },
      { ...aDelivery, state: 'dead', deliveredAt: undefined },
    )
    expect({ ...deliveries, soldCents }).toEqual({ created: 4, delivered: 3, soldCents: 13_500 })
    expect(states).toMatchObject({ delivered: 1, erased: 1, pending: 1, dead: 1 })
  })

  it('counts by its furthest disposition, in any order', () => {
    const figures = whole(
      { ...aDelivery, dispositions: ['applied', 'contacted', 'not-interested'] },
      { ...aDelivery, dispositions: ['not-interested'] },
    )
    expect(figures.furthest).toMatchObject({ applied: 1, contacted: 0, 'not-interested': 1 })
    expect(computeRates(figures)).toEqual({
      acceptance: 1,
      delivery: 1,
      contact: 1,
      application: 0.5,
      enrollment: 0,
      return: 0,
    })
  })

  it('is credited only if its return was accepted', () => {
    const figures = whole(
      ...(['requested', 'accepted', 'refused'] as const).map((state) => ({
        ...aDelivery,
        leadReturn: { state, creditCents: 4000 },
      })),
      { ...aDelivery, leadReturn: { state: 'accepted', creditCents: 0 } },
    )
    expect([figures.returns, figures.returnedCents]).toEqual([{ requested: 1, accepted: 2, refused: 1 }, 4000])
    expect(computeRates(figures).return).toBe(0.5)
  })
})

const aLead: LeadWithDeliveries = {
  sourceId: 'landing',
  outcome: 'accepted',
  test: false,
  decisions: 1,
  deliveries: [],
}
const aDelivery: RollUpDelivery = {
  schoolId: 'alder',
  state: 'delivered',
  createdAt: '2026-11-23T15:00:00.000Z',
  deliveredAt: '2026-11-23T15:00:04.000Z',
  priceCents: 4500,
  dispositions: [],
}

const optional = <Of>(of: fc.Arbitrary<Of>) => fc.option(of, { nil: undefined })
const states = ['pending', 'leased', 'delivered', 'rejected', 'parked', 'dead', 'erased'] as const
const leads: fc.Arbitrary<LeadWithDeliveries[]> = fc.array(
  fc.record({
    sourceId: fc.constantFrom('landing', 'constructor', 'widget'),
    outcome: fc.constantFrom('accepted', 'unmatched', 'duplicate'),
    test: fc.boolean(),
    decisions: fc.nat({ max: 2 }),
    deliveries: fc.array(
      fc.record({
        schoolId: fc.constantFrom('alder', 'birch', 'toString'),
        state: fc.constantFrom(...states),
        createdAt: fc.constant(aDelivery.createdAt),
        deliveredAt: optional(
          fc.nat({ max: 100_000 }).map((s) => new Date(Date.parse(aDelivery.createdAt) + s * 1000).toISOString()),
        ),
        priceCents: fc.nat({ max: 9000 }),
        dispositions: fc.subarray([...dispositionOrder]),
        leadReturn: optional(
          fc.record({
            state: fc.constantFrom('requested', 'accepted', 'refused'),
            creditCents: fc.nat({ max: 9000 }),
          }),
        ),
      }),
      { maxLength: 3 },
    ),
  }),
  { maxLength: 20 },
)

function checkAssociativity(roll: (all: readonly LeadWithDeliveries[]) => RollUpFigures, add: typeof addRollUps) {
  return (all: readonly LeadWithDeliveries[], at: number) => {
    const [one, two, three] = [all.slice(0, at), all.slice(at, at + 3), all.slice(at + 3)].map(roll)
    if (!one || !two || !three) throw new Error('Expected three parts.')
    const whole = roll(all)
    expect(add(add(one, two), three)).toEqual(whole)
    expect(add(one, add(two, three))).toEqual(whole)
    expect(add(add(three, one), two)).toEqual(whole)
    expect(add(whole, emptyRollUp)).toEqual(whole)
    expect(rollUpFigures.parse(whole)).toEqual(whole)
  }
}

function checkAgreement(roll: (all: readonly LeadWithDeliveries[]) => RollUpFigures) {
  return (all: readonly LeadWithDeliveries[]) => {
    const { whole, schools, sources } = roll(all)
    const { leads, ...deliveryFigures } = whole
    expect(sources.map(withoutId).reduce<Figures>(addFigures, emptyFigures)).toEqual(whole)
    expect(schools.map(withoutId).reduce<DeliveryFigures>(addDeliveryFigures, emptyDeliveryFigures)).toEqual(
      deliveryFigures,
    )
    expect(leads.accepted + leads.unmatched + leads.duplicate).toBe(leads.received)
    expect(Object.values(whole.states).reduce((sum, count) => sum + count)).toBe(whole.deliveries.created)
    expect(whole.timeToDelivery.reduce((sum, count) => sum + count)).toBe(whole.deliveries.delivered)
  }
}

function withoutId<Row extends { id: string }>({ id: _, ...row }: Row) {
  return row
}

function markAllReal(all: readonly LeadWithDeliveries[]) {
  return all.map((lead) => ({ ...lead, test: false }))
}

function withoutSchools(rollUpResult: RollUpFigures, matches: (figures: DeliveryFigures) => boolean): RollUpFigures {
  return { ...rollUpResult, schools: rollUpResult.schools.filter((row) => !matches(row)) }
}

function halveTimes(whole: Figures): Figures {
  return { ...whole, timeToDelivery: whole.timeToDelivery.map((count) => Math.ceil(count / 2)) }
}
