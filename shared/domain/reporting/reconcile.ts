import type { DeliveryState } from '../delivery/delivery.ts'
import { type Difference, type ReconciliationTotals, reconciliationTotals } from './reconciliation.ts'

/** One delivery, by whoever names it. */
export type DeliveryIdentity = { leadId: string; schoolId: string; deliveryId: string }
/** The leads' side: what a lead says became of it, and what its decisions promise to schools. */
export type LeadPromises = {
  leadId: string
  /** `open`: a decision about it is too young to be held against anybody. */
  claimedOutcome: 'somebody' | 'nobody' | 'open'
  promisedDeliveries: readonly DeliveryIdentity[]
}
/** The schools' side: a delivery as its school's list shows it. */
export type ListedDelivery = DeliveryIdentity & { state: DeliveryState }
/** `others`: leads of other times, which had a share in what is listed here. Their deliveries are counted elsewhere. */
export type ReconciliationInput = {
  leads: readonly LeadPromises[]
  others: readonly LeadPromises[]
  listed: readonly ListedDelivery[]
}

/**
 * `accepted = delivered + in flight + parked + unmatched + dead + rejected + erased`, compared as sets, so that one lost
 * and one invented do not cancel out. Where nothing differs, both sides add up to the same.
 */
export function reconcile({ leads, others, listed }: ReconciliationInput): ReconciliationTotals {
  const ownPromises = leads.flatMap(({ promisedDeliveries: promised }) => promised)
  const promisedKeys = new Set(
    [...ownPromises, ...others.flatMap(({ promisedDeliveries: promised }) => promised)].map(toDeliveryKey),
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
          lead.claimedOutcome === 'somebody' && lead.promisedDeliveries.length === 0 && !rowsByLead.has(lead.leadId),
      )
      .map(({ leadId }) => ({ kind: 'accepted-without-delivery', leadId }) as const),
    ...leads
      .filter((lead) => lead.claimedOutcome === 'nobody' && hasRow(lead, isActive))
      .map(({ leadId }) => ({ kind: 'unmatched-with-delivery', leadId }) as const),
  ]
  const ownIds = new Set(leads.map(({ leadId }) => leadId))
  const schools = { ...emptyReconciliationTotals.schools }
  for (const row of rows)
    if (ownIds.has(row.leadId) || !promisedKeys.has(toDeliveryKey(row))) schools[columns[row.state]] += 1
  schools.unmatched = leads.filter((lead) => lead.claimedOutcome !== 'somebody' && !rowsByLead.has(lead.leadId)).length
  const unpromised = leads.filter(({ promisedDeliveries: promised }) => promised.length === 0).length
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

/** Two parts of one day. */
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

// A row of the table must hold them all.
const maxDifferences = 200

/** What a school rejected goes to somebody else, or to nobody; what was erased may have been rejected before. */
function isActive({ state }: ListedDelivery): boolean {
  return state !== 'rejected' && state !== 'erased'
}

function toDeliveryKey({ leadId, schoolId, deliveryId }: DeliveryIdentity): string {
  return `${leadId} ${schoolId} ${deliveryId}`
}

function toDifference(kind: Difference['kind'], { leadId, schoolId, deliveryId }: DeliveryIdentity): Difference {
  return { kind, leadId, schoolId, deliveryId }
}
