import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DispositionWord } from '#shared/domain/aftercare/disposition.ts'
import {
  addDeliveryFigures,
  addFigures,
  type DeliveryFigures,
  dispositionOrder,
  emptyDeliveryFigures,
  emptyFigures,
  type Figures,
  toFigures,
} from '#shared/domain/reporting/figures.ts'
import { computeRates } from '#shared/domain/reporting/report.ts'
import {
  addCounts,
  type CellTable,
  createCellSums,
  type ReportCell,
  storedCells,
  toStoredCells,
} from '#shared/domain/reporting/roll-up/cells.ts'
import { type LeadWithDeliveries, type RollUpDelivery, rollUp } from '#shared/domain/reporting/roll-up/roll-up.ts'
import { addSeconds } from '#shared/domain/time.ts'
import { checkControl } from '#test/check-control.ts'
import { testSeed } from '#test/test-seed.ts'

const seed = testSeed()

describe('rollUp', () => {
  it(`returns the same sums for any parts in any order (seed ${seed})`, () => {
    fc.assert(fc.property(leads, fc.nat({ max: 20 }), checkAssociativity(rollUp, addCells)), { seed })
  })

  it(`has sums by school and by source that equal the total (seed ${seed})`, () => {
    fc.assert(fc.property(leads, checkAgreement(rollUp)), { seed })
  })

  it(`has rates between 0 and 1 and none without a denominator (seed ${seed})`, () => {
    fc.assert(
      fc.property(leads, (all) => {
        const cells = rollUp(all)
        for (const one of [sumTable(cells, 'sources'), ...listRows(cells, 'schools'), ...listRows(cells, 'sources')])
          for (const rate of Object.values(computeRates(one))) expect(rate >= 0 && rate <= 1).toBe(true)
      }),
      { seed },
    )
    expect(computeRates(emptyFigures)).toEqual({})
  })

  it.each<[string, (all: readonly LeadWithDeliveries[]) => ReportCell[]]>([
    [
      'count test leads at their schools',
      (all) => [
        ...rollUp(markAllReal(all)).filter(({ table }) => table === 'schools'),
        ...withoutTable(rollUp(all), 'schools'),
      ],
    ],
    [
      'leave out schools without revenue',
      (all) => rollUp(all).filter((cell) => cell.table !== 'schools' || cell.counts.soldCents),
    ],
    [
      'count credits at their school only',
      (all) =>
        rollUp(all).map((cell) =>
          cell.table === 'sources' ? { ...cell, counts: { ...cell.counts, returnedCents: 0 } } : cell,
        ),
    ],
  ])('detects by unequal sums: roll-ups that %s', async (_, wrong) => {
    const property = fc.property(leads, checkAgreement(wrong))
    expect((await checkControl(property, { numRuns: 300 })).failed).toBe(true)
  })

  it.each<[string, (all: readonly LeadWithDeliveries[]) => ReportCell[], typeof addCells]>([
    ['round', (all) => rollUp(all).map(halveCounts), addCells],
    ['replace earlier parts by later ones', rollUp, (one, other) => (other.length > 0 ? [...other] : [...one])],
  ])('detects by unequal parts: roll-ups that %s', async (_, roll, add) => {
    const property = fc.property(leads, fc.nat({ max: 20 }), checkAssociativity(roll, add))
    expect((await checkControl(property, { numRuns: 300 })).failed).toBe(true)
  })
})

describe('a lead in a roll-up', () => {
  const whole = (...deliveries: RollUpDelivery[]) => sumTable(rollUp([{ ...aLead, deliveries }]), 'sources')

  it('is excluded if it is a test lead', () => {
    expect(rollUp([{ ...aLead, test: true, deliveries: [aDelivery] }])).toEqual([])
  })

  it('counts at its career and state, and each of its deliveries at its campaign and program', () => {
    const bought = { ...aDelivery, campaignId: 'alder-tx', programId: 'coding' }
    const cells = rollUp([
      { ...aLead, careerSlug: 'coder', state: 'TX', deliveries: [bought, { ...bought, campaignId: 'birch-tx' }] },
      { ...aLead, careerSlug: 'coder', state: 'FL', outcome: 'unmatched' },
      // The data of its person were deleted.
      { ...aLead, deliveries: [bought] },
    ])
    const list = (table: CellTable) => listRows(cells, table).toSorted((one, other) => (one.id < other.id ? -1 : 1))
    expect(list('school-campaigns').map(({ id, soldCents }) => [id, soldCents])).toEqual([
      ['alder-tx', 9000],
      ['birch-tx', 4500],
    ])
    expect(list('school-programs').map(({ id, deliveries }) => [id, deliveries.created])).toEqual([['coding', 3]])
    expect(list('source-careers').map(({ id, leads: counts }) => [id, counts.received, counts.unmatched])).toEqual([
      ['coder', 2, 1],
    ])
    expect(list('source-states').map(({ id, soldCents }) => [id, soldCents])).toEqual([
      ['FL', 0],
      ['TX', 9000],
    ])
    expect(list('school-states').map(({ id, soldCents }) => [id, soldCents])).toEqual([['TX', 9000]])
  })

  it('counts once for each reason and sub-ID, and not by identifiers of clicks or labels with an email address', () => {
    const cells = rollUp([
      {
        ...aLead,
        reasons: ['GPA', 'GPA', 'CAP_DAY'],
        subIds: { sub1: 'banner', sub2: 'ada@example.com', gclid: 'c1', fbc: 'c2', sub3: '' },
        utm: { source: 'google', campaign: 'ada@example.com', term: 'x' },
      },
    ])
    const list = (table: CellTable) => listRows(cells, table).map(({ id, leads: counts }) => [id, counts.received])
    expect(list('source-reasons')).toEqual([
      ['CAP_DAY', 1],
      ['GPA', 1],
    ])
    expect(list('source-sub-ids')).toEqual([['sub1=banner', 1]])
    expect(list('source-utm-sources')).toEqual([['google', 1]])
    expect(list('source-utm-campaigns')).toEqual([])
  })

  it('counts at the furthest disposition of each delivery that arrived', () => {
    const cells = rollUp([
      {
        ...aLead,
        deliveries: [
          aDelivery,
          { ...aDelivery, dispositions: toDispositions(['applied', 'contacted']) },
          { ...aDelivery, deliveredAt: undefined },
        ],
      },
    ])
    expect(listRows(cells, 'school-dispositions').map(({ id, deliveries }) => [id, deliveries.delivered])).toEqual([
      ['applied', 1],
      ['none', 1],
    ])
  })

  it('counts as quarantined if it has no decision', () => {
    const cells = rollUp([
      { ...aLead, outcome: 'unmatched', decisions: 0 },
      { ...aLead, outcome: 'unmatched', decisions: 1 },
    ])
    const { leads: leadCounts } = sumTable(cells, 'sources')
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
      { ...aDelivery, dispositions: toDispositions(['applied', 'contacted', 'not-interested']) },
      { ...aDelivery, dispositions: toDispositions(['not-interested']) },
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

function toDispositions(words: readonly DispositionWord[]) {
  return words.map((disposition) => ({ disposition, at: aDelivery.createdAt }))
}

const aLead: LeadWithDeliveries = {
  receivedAt: '2026-11-23T15:00:00.000Z',
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
    receivedAt: fc.constantFrom(0, 14, 15, 1439).map((minute) => addSeconds('2026-11-23T00:00:00.000Z', minute * 60)),
    sourceId: fc.constantFrom('landing', 'constructor', 'widget'),
    state: optional(fc.constantFrom('TX', 'constructor')),
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
        dispositions: fc.subarray([...dispositionOrder]).map(toDispositions),
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

function checkAssociativity(roll: (all: readonly LeadWithDeliveries[]) => ReportCell[], add: typeof addCells) {
  return (all: readonly LeadWithDeliveries[], at: number) => {
    const [one, two, three] = [all.slice(0, at), all.slice(at, at + 3), all.slice(at + 3)].map(roll)
    if (!one || !two || !three) throw new Error('Expected three parts.')
    const whole = roll(all)
    expect(add(add(one, two), three)).toEqual(whole)
    expect(add(one, add(two, three))).toEqual(whole)
    expect(add(add(three, one), two)).toEqual(whole)
    expect(add(whole, [])).toEqual(whole)
    expect(createCellSums(storedCells.parse(JSON.parse(JSON.stringify(toStoredCells(whole))))).list()).toEqual(whole)
  }
}

function addCells(one: readonly ReportCell[], other: readonly ReportCell[]): ReportCell[] {
  return createCellSums([...one, ...other]).list()
}

function checkAgreement(roll: (all: readonly LeadWithDeliveries[]) => ReportCell[]) {
  return (all: readonly LeadWithDeliveries[]) => {
    const cells = roll(all)
    const whole = sumTable(rollUp(all), 'sources')
    const { leads: leadCounts, ...deliveryFigures } = whole
    expect(listRows(cells, 'sources').map(withoutId).reduce<Figures>(addFigures, emptyFigures)).toEqual(whole)
    expect(
      listRows(cells, 'schools').map(withoutLeads).reduce<DeliveryFigures>(addDeliveryFigures, emptyDeliveryFigures),
    ).toEqual(deliveryFigures)
    expect(leadCounts.accepted + leadCounts.unmatched + leadCounts.duplicate).toBe(leadCounts.received)
    expect(Object.values(whole.states).reduce((sum, count) => sum + count)).toBe(whole.deliveries.created)
    expect(whole.timeToDelivery.reduce((sum, count) => sum + count)).toBe(whole.deliveries.delivered)
  }
}

function listRows(cells: readonly ReportCell[], table: CellTable): (Figures & { id: string })[] {
  const rows = Map.groupBy(
    cells.filter((cell) => cell.table === table),
    ({ owner, value }) => value || owner,
  )
  return [...rows].map(([id, ofRow]) => ({ id, ...sumTable(ofRow, table) }))
}

function sumTable(cells: readonly ReportCell[], table: CellTable): Figures {
  const sum: { [field: string]: number } = {}
  for (const cell of cells) if (cell.table === table) addCounts(sum, cell.counts)
  return toFigures(sum)
}

function withoutId<Row extends { id: string }>({ id: _, ...row }: Row) {
  return row
}

function withoutLeads({ id: _, leads: __, ...row }: Figures & { id: string }): DeliveryFigures {
  return row
}

function withoutTable(cells: readonly ReportCell[], table: CellTable): ReportCell[] {
  return cells.filter((cell) => cell.table !== table)
}

function markAllReal(all: readonly LeadWithDeliveries[]) {
  return all.map((lead) => ({ ...lead, test: false }))
}

function halveCounts(cell: ReportCell): ReportCell {
  const halve = ([field, count]: [string, number]) => [field, Math.ceil(count / 2)] as const
  return { ...cell, counts: Object.fromEntries(Object.entries(cell.counts).map(halve)) }
}
