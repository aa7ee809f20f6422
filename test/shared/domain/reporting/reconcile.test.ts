import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addReconciliationTotals,
  emptyReconciliationTotals,
  type LeadPromises,
  type ListedDelivery,
  type ReconciliationInput,
  reconcile,
} from '#shared/domain/reporting/reconcile.ts'
import type { ReconciliationTotals } from '#shared/domain/reporting/reconciliation.ts'

const seed = Number(process.env.SEED ?? Date.now() % 1_000_000_000)

describe('the books', () => {
  it(`agree where every promise is listed and no more, and then both sides add up alike (seed ${seed})`, () => {
    fc.assert(
      fc.property(reconciliationInputs, (all) => {
        const totals = reconcile(all)
        expect(totals).toMatchObject({ drift: 0, differences: [] })
        expect(sumCounts(totals.schools)).toBe(totals.leads.promised + totals.leads.unpromised)
      }),
      { seed },
    )
  })

  it(`disagree by as many as were taken out and put in, which do not cancel out (seed ${seed})`, () => {
    fc.assert(
      fc.property(reconciliationInputs, fc.nat({ max: 5 }), fc.nat({ max: 5 }), (all, out, more) => {
        const invented = Array.from({ length: more }, (_, at) => aDelivery('lead_0', `invented-${at}`, 'delivered'))
        const removed = all.listed.slice(0, out)
        const { drift, differences } = reconcile({ ...all, listed: [...all.listed.slice(out), ...invented] })
        const ownLost = removed.filter(({ leadId }) => all.leads.some((lead) => lead.leadId === leadId))
        const differingIds = differences.flatMap(({ deliveryId }) => deliveryId ?? [])
        expect(differingIds.toSorted()).toEqual(
          [...ownLost, ...invented].map(({ deliveryId }) => deliveryId).toSorted(),
        )
        expect(drift).toBe(differences.length)
      }),
      { seed },
    )
  })

  it(`come out the same in parts as in one (seed ${seed})`, () => {
    fc.assert(
      fc.property(reconciliationInputs, fc.nat({ max: 10 }), ({ leads, others, listed }, at) => {
        const parts = [leads.slice(0, at), leads.slice(at)].map((own) => {
          const ids = new Set(own.map(({ leadId }) => leadId))
          return reconcile({ leads: own, others: [], listed: listed.filter(({ leadId }) => ids.has(leadId)) })
        })
        expect(parts.reduce(addReconciliationTotals, emptyReconciliationTotals)).toEqual(
          reconcile({ leads, others, listed }),
        )
      }),
      { seed },
    )
  })
})

describe('a difference', () => {
  const soldLead: LeadPromises = {
    leadId: 'lead_1',
    claimedOutcome: 'somebody',
    promisedDeliveries: [aDeliveryIdentity('lead_1', 'dlv_1')],
  }
  const listed = aDelivery('lead_1', 'dlv_1', 'delivered')
  const unsoldLead: LeadPromises = { leadId: 'lead_1', claimedOutcome: 'nobody', promisedDeliveries: [] }

  it.each<[string, ReconciliationInput, ReconciliationTotals['differences']]>([
    [
      'promised and in no list',
      { leads: [soldLead], others: [], listed: [] },
      [{ kind: 'missing-delivery', ...aDeliveryIdentity('lead_1', 'dlv_1') }],
    ],
    [
      'listed and not promised',
      { leads: [unsoldLead], others: [], listed: [aDelivery('lead_1', 'dlv_1', 'rejected')] },
      [{ kind: 'unexpected-delivery', ...aDeliveryIdentity('lead_1', 'dlv_1') }],
    ],
    [
      'listed, and promised by a lead that nobody knows',
      { leads: [], others: [], listed: [listed] },
      [{ kind: 'unexpected-delivery', ...aDeliveryIdentity('lead_1', 'dlv_1') }],
    ],
    [
      'listed by another school than was promised',
      { leads: [soldLead], others: [], listed: [{ ...listed, schoolId: 'birch' }] },
      [
        { kind: 'missing-delivery', ...aDeliveryIdentity('lead_1', 'dlv_1') },
        { kind: 'unexpected-delivery', ...aDeliveryIdentity('lead_1', 'dlv_1'), schoolId: 'birch' },
      ],
    ],
    [
      'a lead that says it has a school and has none',
      { leads: [{ ...unsoldLead, claimedOutcome: 'somebody' }], others: [], listed: [] },
      [{ kind: 'accepted-without-delivery', leadId: 'lead_1' }],
    ],
    [
      'a lead that says it has none and has one',
      { leads: [{ ...soldLead, claimedOutcome: 'nobody' }], others: [], listed: [listed] },
      [{ kind: 'unmatched-with-delivery', leadId: 'lead_1' }],
    ],
  ])('is %s', (_, all, differences) => {
    expect(reconcile(all)).toMatchObject({ drift: differences.length, differences })
  })

  it.each<[string, ReconciliationInput]>([
    [
      'a lead that all rejected',
      { leads: [{ ...soldLead, claimedOutcome: 'nobody' }], others: [], listed: [toRejected(listed)] },
    ],
    ['a lead that is being decided', { leads: [{ ...unsoldLead, claimedOutcome: 'open' }], others: [], listed: [] }],
    ['what a lead of another day was promised', { leads: [], others: [soldLead], listed: [listed] }],
    ['what a lead of another day was promised elsewhere', { leads: [], others: [soldLead], listed: [] }],
  ])('is not %s', (_, all) => {
    expect(reconcile(all).drift).toBe(0)
  })

  it('is counted where it is no longer told', () => {
    const many = Array.from({ length: 300 }, (_, at) => aDelivery('lead_1', `dlv_${at}`, 'pending'))
    const totals = reconcile({ leads: [], others: [], listed: many })
    const doubled = addReconciliationTotals(totals, totals)
    expect([totals.drift, totals.differences.length, doubled.drift, doubled.differences.length]).toEqual([
      300, 200, 600, 200,
    ])
  })
})

const states = ['pending', 'leased', 'delivered', 'rejected', 'parked', 'dead', 'erased'] as const
/** Leads with what became of them, none of which is out of order. */
const reconciliationInputs: fc.Arbitrary<ReconciliationInput> = fc
  .array(fc.array(fc.constantFrom(...states), { maxLength: 3 }), { maxLength: 10 })
  .map((each) => {
    const leads = each.map((deliveryStates, lead): LeadPromises => {
      const promised = deliveryStates.map((_, at) => aDeliveryIdentity(`lead_${lead}`, `dlv_${lead}_${at}`))
      const isSold = deliveryStates.some((state) => state !== 'rejected' && state !== 'erased')
      return { leadId: `lead_${lead}`, claimedOutcome: isSold ? 'somebody' : 'nobody', promisedDeliveries: promised }
    })
    const listed = each.flatMap((deliveryStates, lead) =>
      deliveryStates.map((state, at) => aDelivery(`lead_${lead}`, `dlv_${lead}_${at}`, state)),
    )
    return { leads, others: [], listed }
  })

function aDeliveryIdentity(leadId: string, deliveryId: string) {
  return { leadId, schoolId: 'alder', deliveryId }
}

function aDelivery(leadId: string, deliveryId: string, state: ListedDelivery['state']): ListedDelivery {
  return { ...aDeliveryIdentity(leadId, deliveryId), state }
}

function toRejected(listed: ListedDelivery): ListedDelivery {
  return { ...listed, state: 'rejected' }
}

function sumCounts(counts: { [name: string]: number }) {
  return Object.values(counts).reduce((sum, count) => sum + count, 0)
}
