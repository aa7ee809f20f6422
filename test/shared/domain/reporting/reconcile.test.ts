import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Account, addUp, type Books, type Listed, nothing, reconcile } from '#shared/domain/reporting/reconcile.ts'
import type { Reconciled } from '#shared/domain/reporting/reconciliation.ts'

const seed = Number(process.env.SEED ?? Date.now() % 1_000_000_000)

describe('the books', () => {
  it(`agree where every promise is listed and no more, and then both sides add up alike (seed ${seed})`, () => {
    fc.assert(
      fc.property(books, (all) => {
        const found = reconcile(all)
        expect(found).toMatchObject({ drift: 0, differences: [] })
        expect(sumOf(found.schools)).toBe(found.leads.promised + found.leads.unpromised)
      }),
      { seed },
    )
  })

  it(`disagree by as many as were taken out and put in, which do not cancel out (seed ${seed})`, () => {
    fc.assert(
      fc.property(books, fc.nat({ max: 5 }), fc.nat({ max: 5 }), (all, out, more) => {
        const invented = Array.from({ length: more }, (_, at) => aDelivery('lead_0', `invented-${at}`, 'delivered'))
        const lost = all.listed.slice(0, out)
        const { drift, differences } = reconcile({ ...all, listed: [...all.listed.slice(out), ...invented] })
        const ownLost = lost.filter(({ leadId }) => all.leads.some((lead) => lead.leadId === leadId))
        const named = differences.flatMap(({ deliveryId }) => deliveryId ?? [])
        expect(named.toSorted()).toEqual([...ownLost, ...invented].map(({ deliveryId }) => deliveryId).toSorted())
        expect(drift).toBe(differences.length)
      }),
      { seed },
    )
  })

  it(`come out the same in parts as in one (seed ${seed})`, () => {
    fc.assert(
      fc.property(books, fc.nat({ max: 10 }), ({ leads, others, listed }, at) => {
        const parts = [leads.slice(0, at), leads.slice(at)].map((own) => {
          const ids = new Set(own.map(({ leadId }) => leadId))
          return reconcile({ leads: own, others: [], listed: listed.filter(({ leadId }) => ids.has(leadId)) })
        })
        expect(parts.reduce(addUp, nothing)).toEqual(reconcile({ leads, others, listed }))
      }),
      { seed },
    )
  })
})

describe('a difference', () => {
  const sold: Account = { leadId: 'lead_1', says: 'somebody', promised: [aName('lead_1', 'dlv_1')] }
  const listed = aDelivery('lead_1', 'dlv_1', 'delivered')
  const alone: Account = { leadId: 'lead_1', says: 'nobody', promised: [] }

  it.each<[string, Books, Reconciled['differences']]>([
    [
      'promised and in no list',
      { leads: [sold], others: [], listed: [] },
      [{ kind: 'missing', ...aName('lead_1', 'dlv_1') }],
    ],
    [
      'listed and not promised',
      { leads: [alone], others: [], listed: [aDelivery('lead_1', 'dlv_1', 'rejected')] },
      [{ kind: 'orphan', ...aName('lead_1', 'dlv_1') }],
    ],
    [
      'listed, and promised by a lead that nobody knows',
      { leads: [], others: [], listed: [listed] },
      [{ kind: 'orphan', ...aName('lead_1', 'dlv_1') }],
    ],
    [
      'listed by another school than was promised',
      { leads: [sold], others: [], listed: [{ ...listed, schoolId: 'birch' }] },
      [
        { kind: 'missing', ...aName('lead_1', 'dlv_1') },
        { kind: 'orphan', ...aName('lead_1', 'dlv_1'), schoolId: 'birch' },
      ],
    ],
    [
      'a lead that says it has a school and has none',
      { leads: [{ ...alone, says: 'somebody' }], others: [], listed: [] },
      [{ kind: 'homeless', leadId: 'lead_1' }],
    ],
    [
      'a lead that says it has none and has one',
      { leads: [{ ...sold, says: 'nobody' }], others: [], listed: [listed] },
      [{ kind: 'denied', leadId: 'lead_1' }],
    ],
  ])('is %s', (_, all, differences) => {
    expect(reconcile(all)).toMatchObject({ drift: differences.length, differences })
  })

  it.each<[string, Books]>([
    ['a lead that all rejected', { leads: [{ ...sold, says: 'nobody' }], others: [], listed: [rejected(listed)] }],
    ['a lead that is being decided', { leads: [{ ...alone, says: 'open' }], others: [], listed: [] }],
    ['what a lead of another day was promised', { leads: [], others: [sold], listed: [listed] }],
    ['what a lead of another day was promised elsewhere', { leads: [], others: [sold], listed: [] }],
  ])('is not %s', (_, all) => {
    expect(reconcile(all).drift).toBe(0)
  })

  it('is counted where it is no longer told', () => {
    const many = Array.from({ length: 300 }, (_, at) => aDelivery('lead_1', `dlv_${at}`, 'pending'))
    const found = reconcile({ leads: [], others: [], listed: many })
    const twice = addUp(found, found)
    expect([found.drift, found.differences.length, twice.drift, twice.differences.length]).toEqual([300, 200, 600, 200])
  })
})

const states = ['pending', 'leased', 'delivered', 'rejected', 'parked', 'dead', 'erased'] as const
/** Leads with what became of them, none of which is out of order. */
const books: fc.Arbitrary<Books> = fc
  .array(fc.array(fc.constantFrom(...states), { maxLength: 3 }), { maxLength: 10 })
  .map((each) => {
    const leads = each.map((made, lead): Account => {
      const promised = made.map((_, at) => aName(`lead_${lead}`, `dlv_${lead}_${at}`))
      const stands = made.some((state) => state !== 'rejected' && state !== 'erased')
      return { leadId: `lead_${lead}`, says: stands ? 'somebody' : 'nobody', promised }
    })
    const listed = each.flatMap((made, lead) =>
      made.map((state, at) => aDelivery(`lead_${lead}`, `dlv_${lead}_${at}`, state)),
    )
    return { leads, others: [], listed }
  })

function aName(leadId: string, deliveryId: string) {
  return { leadId, schoolId: 'alder', deliveryId }
}

function aDelivery(leadId: string, deliveryId: string, state: Listed['state']): Listed {
  return { ...aName(leadId, deliveryId), state }
}

function rejected(listed: Listed): Listed {
  return { ...listed, state: 'rejected' }
}

function sumOf(counts: { [name: string]: number }) {
  return Object.values(counts).reduce((sum, count) => sum + count, 0)
}
