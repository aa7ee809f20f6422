import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addFigures,
  addRollUps,
  addSent,
  emptyRollUp,
  nothingHappened,
  nothingSent,
} from '#shared/domain/reporting/add-roll-ups.ts'
import { type Figures, type RolledUp, rolledUp, type Sent } from '#shared/domain/reporting/figures.ts'
import { type Account, farther, type Made, ratesOf, rollUp } from '#shared/domain/reporting/roll-up.ts'

const seed = Number(process.env.SEED ?? Date.now() % 1_000_000_000)

describe('roll-ups', () => {
  it(`come to the same in whatever parts and in whatever order (seed ${seed})`, () => {
    fc.assert(fc.property(leads, fc.nat({ max: 20 }), comesToTheSame(rollUp, addRollUps)), { seed })
  })

  it(`agree, school by school and source by source, with the whole (seed ${seed})`, () => {
    fc.assert(fc.property(leads, agrees(rollUp)), { seed })
  })

  it(`lie between none and all in every rate, and have no rate of nothing (seed ${seed})`, () => {
    fc.assert(
      fc.property(leads, (all) => {
        const { whole, schools, sources } = rollUp(all)
        for (const one of [whole, ...schools, ...sources])
          for (const rate of Object.values(ratesOf(one))) expect(rate >= 0 && rate <= 1).toBe(true)
      }),
      { seed },
    )
    expect(ratesOf(nothingHappened)).toEqual({})
  })

  it.each<[string, (all: readonly Account[]) => RolledUp]>([
    ['counted test leads in the whole alone', (all) => ({ ...rollUp(all), whole: rollUp(real(all)).whole })],
    ['left out schools that sold nothing', (all) => without(rollUp(all), ({ soldCents }) => soldCents === 0)],
    [
      'counted a credit at its source alone',
      (all) => ({ ...rollUp(all), whole: { ...rollUp(all).whole, returnedCents: 0 } }),
    ],
  ])('would not agree if they %s', (_, wrong) => {
    expect(fc.check(fc.property(leads, agrees(wrong)), { seed, numRuns: 300 }).failed).toBe(true)
  })

  it.each<[string, (all: readonly Account[]) => RolledUp, typeof addRollUps]>([
    ['kept the median', (all) => ({ ...rollUp(all), whole: halved(rollUp(all).whole) }), addRollUps],
    [
      'put what came later over what came before',
      rollUp,
      (one, other) => ({ ...addRollUps(one, other), schools: other.schools }),
    ],
  ])('would not come to the same if they %s', (_, roll, add) => {
    expect(
      fc.check(fc.property(leads, fc.nat({ max: 20 }), comesToTheSame(roll, add)), { seed, numRuns: 300 }).failed,
    ).toBe(true)
  })
})

describe('a lead', () => {
  const whole = (...made: Made[]) => rollUp([{ ...aLead, deliveries: made }]).whole

  it('that is a test counts nowhere', () => {
    expect(rollUp([{ ...aLead, test: true, deliveries: [aDelivery] }])).toEqual(emptyRollUp)
  })

  it('that nothing was decided of was kept back', () => {
    const { leads: counted } = rollUp([
      { ...aLead, outcome: 'unmatched', decisions: 0 },
      { ...aLead, outcome: 'unmatched', decisions: 1 },
    ]).whole
    expect(counted).toEqual({ received: 2, accepted: 0, unmatched: 2, duplicate: 0, quarantined: 1 })
  })

  it('is sold once its school took it, also where it is sent again or erased since', () => {
    const { states, deliveries, soldCents } = whole(
      aDelivery,
      { ...aDelivery, state: 'erased' },
      { ...aDelivery, state: 'pending' },
      { ...aDelivery, state: 'dead', deliveredAt: undefined },
    )
    expect({ ...deliveries, soldCents }).toEqual({ made: 4, arrived: 3, soldCents: 13_500 })
    expect(states).toMatchObject({ delivered: 1, erased: 1, pending: 1, dead: 1 })
  })

  it('gets as far as the farthest that was told, in whatever order, and has no rate it did not reach', () => {
    const found = whole(
      { ...aDelivery, told: ['applied', 'contacted', 'not-interested'] },
      { ...aDelivery, told: ['not-interested'] },
    )
    expect(found.furthest).toMatchObject({ applied: 1, contacted: 0, 'not-interested': 1 })
    expect(ratesOf(found)).toEqual({
      acceptance: 1,
      delivery: 1,
      contact: 1,
      application: 0.5,
      enrolment: 0,
      return: 0,
    })
  })

  it('is credited where its return was accepted, and nowhere else', () => {
    const found = whole(
      ...(['requested', 'accepted', 'refused'] as const).map((state) => ({
        ...aDelivery,
        returned: { state, creditCents: 4000 },
      })),
      { ...aDelivery, returned: { state: 'accepted', creditCents: 0 } },
    )
    expect([found.returns, found.returnedCents]).toEqual([{ requested: 1, accepted: 2, refused: 1 }, 4000])
    expect(ratesOf(found).return).toBe(0.5)
  })
})

const aLead: Account = { sourceId: 'landing', outcome: 'accepted', test: false, decisions: 1, deliveries: [] }
const aDelivery: Made = {
  schoolId: 'alder',
  state: 'delivered',
  createdAt: '2026-11-23T15:00:00.000Z',
  deliveredAt: '2026-11-23T15:00:04.000Z',
  priceCents: 4500,
  told: [],
}

const optional = <Of>(of: fc.Arbitrary<Of>) => fc.option(of, { nil: undefined })
const states = ['pending', 'leased', 'delivered', 'rejected', 'parked', 'dead', 'erased'] as const
const leads: fc.Arbitrary<Account[]> = fc.array(
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
        told: fc.subarray([...farther]),
        returned: optional(
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

function comesToTheSame(roll: (all: readonly Account[]) => RolledUp, add: typeof addRollUps) {
  return (all: readonly Account[], at: number) => {
    const [one, two, three] = [all.slice(0, at), all.slice(at, at + 3), all.slice(at + 3)].map(roll)
    if (!one || !two || !three) throw new Error('There are three.')
    const whole = roll(all)
    expect(add(add(one, two), three)).toEqual(whole)
    expect(add(one, add(two, three))).toEqual(whole)
    expect(add(add(three, one), two)).toEqual(whole)
    expect(add(whole, emptyRollUp)).toEqual(whole)
    expect(rolledUp.parse(whole)).toEqual(whole)
  }
}

function agrees(roll: (all: readonly Account[]) => RolledUp) {
  return (all: readonly Account[]) => {
    const { whole, schools, sources } = roll(all)
    const { leads, ...sent } = whole
    expect(sources.map(bare).reduce<Figures>(addFigures, nothingHappened)).toEqual(whole)
    expect(schools.map(bare).reduce<Sent>(addSent, nothingSent)).toEqual(sent)
    expect(leads.accepted + leads.unmatched + leads.duplicate).toBe(leads.received)
    expect(Object.values(whole.states).reduce((sum, count) => sum + count)).toBe(whole.deliveries.made)
    expect(whole.timeToDelivery.reduce((sum, count) => sum + count)).toBe(whole.deliveries.arrived)
  }
}

function bare<Row extends { id: string }>({ id: _, ...row }: Row) {
  return row
}

function real(all: readonly Account[]) {
  return all.map((lead) => ({ ...lead, test: false }))
}

function without(found: RolledUp, which: (sent: Sent) => boolean): RolledUp {
  return { ...found, schools: found.schools.filter((row) => !which(row)) }
}

function halved(whole: Figures): Figures {
  return { ...whole, timeToDelivery: whole.timeToDelivery.map((count) => Math.ceil(count / 2)) }
}
