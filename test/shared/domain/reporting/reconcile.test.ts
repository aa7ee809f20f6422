import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ReconciliationTotals } from '#shared/domain/reporting/reconciliation.ts'
import {
  addReconciliationTotals,
  emptyReconciliationTotals,
  type LeadPromises,
  type ListedDelivery,
  type ReconciliationInput,
  reconcile,
} from '#shared/domain/reporting/reconciliation.ts'
import { testSeed } from '#test/test-seed.ts'

const seed = testSeed()

describe('reconcile', () => {
  it(`finds no difference and equal sums if exactly the promised deliveries are listed (seed ${seed})`, () => {
    fc.assert(
      fc.property(reconciliationInputs, (all) => {
        const totals = reconcile(all)
        expect(totals).toMatchObject({ drift: 0, differences: [] })
        expect(sumCounts(totals.schools)).toBe(totals.leads.promised + totals.leads.unpromised)
      }),
      { seed },
    )
  })

  it(`reports every removed and every added delivery without cancelling them out (seed ${seed})`, () => {
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

  it(`returns the same totals in parts as in one (seed ${seed})`, () => {
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

describe('a reconciliation difference', () => {
  const soldLead: LeadPromises = {
    leadId: 'lead_1',
    claimedOutcome: 'has-school',
    promisedDeliveries: [aDeliveryIdentity('lead_1', 'dlv_1')],
  }
  const listed = aDelivery('lead_1', 'dlv_1', 'delivered')
  const unsoldLead: LeadPromises = { leadId: 'lead_1', claimedOutcome: 'no-school', promisedDeliveries: [] }

  it.each<[string, ReconciliationInput, ReconciliationTotals['differences']]>([
    [
      'a promised delivery that is not listed',
      { leads: [soldLead], others: [], listed: [] },
      [{ kind: 'missing-delivery', ...aDeliveryIdentity('lead_1', 'dlv_1') }],
    ],
    [
      'a listed delivery that was not promised',
      { leads: [unsoldLead], others: [], listed: [aDelivery('lead_1', 'dlv_1', 'rejected')] },
      [{ kind: 'unexpected-delivery', ...aDeliveryIdentity('lead_1', 'dlv_1') }],
    ],
    [
      'a listed delivery of an unknown lead',
      { leads: [], others: [], listed: [listed] },
      [{ kind: 'unexpected-delivery', ...aDeliveryIdentity('lead_1', 'dlv_1') }],
    ],
    [
      'a delivery listed by another school than promised',
      { leads: [soldLead], others: [], listed: [{ ...listed, schoolId: 'birch' }] },
      [
        { kind: 'missing-delivery', ...aDeliveryIdentity('lead_1', 'dlv_1') },
        { kind: 'unexpected-delivery', ...aDeliveryIdentity('lead_1', 'dlv_1'), schoolId: 'birch' },
      ],
    ],
    [
      'an accepted lead without a delivery',
      { leads: [{ ...unsoldLead, claimedOutcome: 'has-school' }], others: [], listed: [] },
      [{ kind: 'accepted-without-delivery', leadId: 'lead_1' }],
    ],
    [
      'an unmatched lead with a delivery',
      { leads: [{ ...soldLead, claimedOutcome: 'no-school' }], others: [], listed: [listed] },
      [{ kind: 'unmatched-with-delivery', leadId: 'lead_1' }],
    ],
  ])('is reported for %s', (_, all, differences) => {
    expect(reconcile(all)).toMatchObject({ drift: differences.length, differences })
  })

  it.each<[string, ReconciliationInput]>([
    [
      'a lead that every school rejected',
      { leads: [{ ...soldLead, claimedOutcome: 'no-school' }], others: [], listed: [toRejected(listed)] },
    ],
    ['a lead with a recent decision', { leads: [{ ...unsoldLead, claimedOutcome: 'open' }], others: [], listed: [] }],
    ['a listed delivery of a lead of another day', { leads: [], others: [soldLead], listed: [listed] }],
    ['an unlisted delivery of a lead of another day', { leads: [], others: [soldLead], listed: [] }],
  ])('is not reported for %s', (_, all) => {
    expect(reconcile(all).drift).toBe(0)
  })

  it('is counted beyond the 200 that are listed', () => {
    const many = Array.from({ length: 300 }, (_, at) => aDelivery('lead_1', `dlv_${at}`, 'pending'))
    const totals = reconcile({ leads: [], others: [], listed: many })
    const doubled = addReconciliationTotals(totals, totals)
    expect([totals.drift, totals.differences.length, doubled.drift, doubled.differences.length]).toEqual([
      300, 200, 600, 200,
    ])
  })
})

const states = ['pending', 'leased', 'delivered', 'rejected', 'parked', 'dead', 'erased'] as const
/** Leads and their deliveries without any difference. */
const reconciliationInputs: fc.Arbitrary<ReconciliationInput> = fc
  .array(fc.array(fc.constantFrom(...states), { maxLength: 3 }), { maxLength: 10 })
  .map((each) => {
    const leads = each.map((deliveryStates, lead): LeadPromises => {
      const promised = deliveryStates.map((_, at) => aDeliveryIdentity(`lead_${lead}`, `dlv_${lead}_${at}`))
      const isSold = deliveryStates.some((state) => state !== 'rejected' && state !== 'erased')
      return {
        leadId: `lead_${lead}`,
        claimedOutcome: isSold ? 'has-school' : 'no-school',
        promisedDeliveries: promised,
      }
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
