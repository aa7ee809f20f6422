import * as z from 'zod'
import type { DeliveryState } from '../delivery/delivery.ts'
import { instant } from '../vocabulary.ts'

export const difference = z
  .object({
    kind: z
      .enum(['missing-delivery', 'unexpected-delivery', 'accepted-without-delivery', 'unmatched-with-delivery'])
      .meta({
        description:
          '`missing-delivery`: a delivery that a decision promised is not in the list of its school. `unexpected-delivery`: a listed delivery was ' +
          'promised by no decision. `accepted-without-delivery`: an accepted lead has no delivery. `unmatched-with-delivery`: an unmatched lead has one.',
      }),
    leadId: z.string(),
    schoolId: z.string().optional(),
    deliveryId: z.string().optional(),
  })
  .meta({ id: 'Difference' })
export type Difference = z.output<typeof difference>

const count = z.int().min(0)
export const reconciliationTotals = z.object({
  leads: z
    .object({
      received: count,
      promised: count.meta({ description: 'Deliveries that decisions on these leads promise.' }),
      unpromised: count.meta({ description: 'Leads without a promised delivery.' }),
    })
    .meta({ description: 'The leads’ side. `promised + unpromised` must be accounted for.' }),
  schools: z
    .object({
      delivered: count,
      inFlight: count,
      parked: count,
      unmatched: count.meta({ description: 'Unmatched leads that no school lists.' }),
      dead: count,
      rejected: count,
      erased: count,
    })
    .meta({ description: 'The schools’ side: listed deliveries by state, and leads without a delivery.' }),
  drift: count.meta({ description: 'How many differences there are. Anything but 0 is a fault of the system.' }),
  differences: z.array(difference).meta({ description: 'The first 200 differences.' }),
})
export type ReconciliationTotals = z.output<typeof reconciliationTotals>

export const reconciliation = z
  .object({
    day: z.iso.date(),
    until: instant.meta({ description: 'Later decisions are not included.' }),
    finishedAt: instant,
    ...reconciliationTotals.shape,
  })
  .meta({ id: 'Reconciliation' })
export type Reconciliation = z.output<typeof reconciliation>

/** One delivery, as either side names it. */
export type DeliveryIdentity = { leadId: string; schoolId: string; deliveryId: string }
/** The leads' side: the outcome of a lead, and the deliveries that its decisions promise. */
export type LeadPromises = {
  leadId: string
  /** `open`: a recent decision may still be only partly visible, so the outcome is not compared. */
  claimedOutcome: 'has-school' | 'no-school' | 'open'
  promisedDeliveries: readonly DeliveryIdentity[]
}
/** The schools' side: a delivery in the list of its school. */
export type ListedDelivery = DeliveryIdentity & { state: DeliveryState }
/** `others`: leads of other parts that have deliveries listed here. Their deliveries are counted in their own part. */
export type ReconciliationInput = {
  leads: readonly LeadPromises[]
  others: readonly LeadPromises[]
  listed: readonly ListedDelivery[]
}

/**
 * Checks `accepted = delivered + in flight + parked + unmatched + dead + rejected + erased`. Both sides are compared as
 * sets, so that a missing and an unexpected delivery do not cancel out. Without differences both sides have equal sums.
 */
export function reconcile({ leads, others, listed }: ReconciliationInput): ReconciliationTotals {
  const ownPromises = leads.flatMap(({ promisedDeliveries }) => promisedDeliveries)
  const promisedKeys = new Set(
    [...ownPromises, ...others.flatMap(({ promisedDeliveries }) => promisedDeliveries)].map(toDeliveryKey),
  )
  const listedByKey = new Map(listed.map((one) => [toDeliveryKey(one), one]))
  const rows = [...listedByKey.values()]
  const rowsByLead = Map.groupBy(rows, ({ leadId }) => leadId)
  const hasRow = ({ leadId }: LeadPromises, matches: (row: ListedDelivery) => boolean) =>
    rowsByLead.get(leadId)?.some(matches) ?? false

  const differences: Difference[] = [
    ...ownPromises
      .filter((one) => !listedByKey.has(toDeliveryKey(one)))
      .map((one) => toDifference('missing-delivery', one)),
    ...rows
      .filter((row) => !promisedKeys.has(toDeliveryKey(row)))
      .map((row) => toDifference('unexpected-delivery', row)),
    ...leads
      .filter(
        (lead) =>
          lead.claimedOutcome === 'has-school' && lead.promisedDeliveries.length === 0 && !rowsByLead.has(lead.leadId),
      )
      .map(({ leadId }) => ({ kind: 'accepted-without-delivery', leadId }) as const),
    ...leads
      .filter((lead) => lead.claimedOutcome === 'no-school' && hasRow(lead, isActive))
      .map(({ leadId }) => ({ kind: 'unmatched-with-delivery', leadId }) as const),
  ]
  const ownIds = new Set(leads.map(({ leadId }) => leadId))
  const schools = { ...emptyReconciliationTotals.schools }
  for (const row of rows)
    if (ownIds.has(row.leadId) || !promisedKeys.has(toDeliveryKey(row))) schools[columns[row.state]] += 1
  schools.unmatched = leads.filter(
    (lead) => lead.claimedOutcome !== 'has-school' && !rowsByLead.has(lead.leadId),
  ).length
  const unpromised = leads.filter(({ promisedDeliveries }) => promisedDeliveries.length === 0).length
  return {
    leads: { received: leads.length, promised: ownPromises.length, unpromised },
    schools,
    drift: differences.length,
    differences: differences.slice(0, maxDifferences),
  }
}

export const emptyReconciliationTotals: ReconciliationTotals = {
  leads: { received: 0, promised: 0, unpromised: 0 },
  schools: { delivered: 0, inFlight: 0, parked: 0, unmatched: 0, dead: 0, rejected: 0, erased: 0 },
  drift: 0,
  differences: [],
}

/** Sums two parts of one day. */
export function addReconciliationTotals(one: ReconciliationTotals, other: ReconciliationTotals): ReconciliationTotals {
  const leads = { ...one.leads }
  for (const column of reconciliationTotals.shape.leads.keyof().options) leads[column] += other.leads[column]
  const schools = { ...one.schools }
  for (const column of reconciliationTotals.shape.schools.keyof().options) schools[column] += other.schools[column]
  return {
    leads,
    schools,
    drift: one.drift + other.drift,
    differences: [...one.differences, ...other.differences].slice(0, maxDifferences),
  }
}

const columns = {
  pending: 'inFlight',
  leased: 'inFlight',
  delivered: 'delivered',
  rejected: 'rejected',
  parked: 'parked',
  dead: 'dead',
  erased: 'erased',
} as const satisfies { [State in DeliveryState]: keyof ReconciliationTotals['schools'] }

// All of them are stored in one row.
const maxDifferences = 200

/** A rejected lead may be offered to another school; an erased delivery may have been rejected before. */
function isActive({ state }: ListedDelivery): boolean {
  return state !== 'rejected' && state !== 'erased'
}

function toDeliveryKey({ leadId, schoolId, deliveryId }: DeliveryIdentity): string {
  return `${leadId} ${schoolId} ${deliveryId}`
}

function toDifference(kind: Difference['kind'], { leadId, schoolId, deliveryId }: DeliveryIdentity): Difference {
  return { kind, leadId, schoolId, deliveryId }
}
