import type { DeliveryState } from '../delivery/delivery.ts'
import { type Difference, type Reconciled, reconciled } from './reconciliation.ts'

/** One delivery, by whoever names it. */
export type Named = { leadId: string; schoolId: string; deliveryId: string }
/** The leads' side: what a lead says became of it, and what its decisions promise to schools. */
export type Account = {
  leadId: string
  /** `open`: a decision about it is too young to be held against anybody. */
  says: 'somebody' | 'nobody' | 'open'
  promised: readonly Named[]
}
/** The schools' side: a delivery as its school's list shows it. */
export type Listed = Named & { state: DeliveryState }
/** `others`: leads of other times, which had a share in what is listed here. Their deliveries are counted elsewhere. */
export type Books = { leads: readonly Account[]; others: readonly Account[]; listed: readonly Listed[] }

/**
 * `accepted = delivered + in flight + parked + unmatched + dead + rejected + erased`, compared as sets, so that one lost
 * and one invented do not cancel out. Where nothing differs, both sides add up to the same.
 */
export function reconcile({ leads, others, listed }: Books): Reconciled {
  const own = leads.flatMap(({ promised }) => promised)
  const promises = new Set([...own, ...others.flatMap(({ promised }) => promised)].map(nameOf))
  const found = new Map(listed.map((one) => [nameOf(one), one]))
  const rows = [...found.values()]
  const rowsOf = Map.groupBy(rows, ({ leadId }) => leadId)
  const has = ({ leadId }: Account, which: (row: Listed) => boolean) => rowsOf.get(leadId)?.some(which) ?? false

  const differences: Difference[] = [
    ...own.filter((one) => !found.has(nameOf(one))).map((one) => told('missing', one)),
    ...rows.filter((row) => !promises.has(nameOf(row))).map((row) => told('orphan', row)),
    ...leads
      .filter((lead) => lead.says === 'somebody' && lead.promised.length === 0 && !rowsOf.has(lead.leadId))
      .map(({ leadId }) => ({ kind: 'homeless', leadId }) as const),
    ...leads
      .filter((lead) => lead.says === 'nobody' && has(lead, stands))
      .map(({ leadId }) => ({ kind: 'denied', leadId }) as const),
  ]
  const ownIds = new Set(leads.map(({ leadId }) => leadId))
  const schools = { ...nothing.schools }
  for (const row of rows) if (ownIds.has(row.leadId) || !promises.has(nameOf(row))) schools[columns[row.state]] += 1
  schools.unmatched = leads.filter((lead) => lead.says !== 'somebody' && !rowsOf.has(lead.leadId)).length
  const unpromised = leads.filter(({ promised }) => promised.length === 0).length
  return {
    leads: { kept: leads.length, promised: own.length, unpromised },
    schools,
    drift: differences.length,
    differences: differences.slice(0, mostTold),
  }
}

export const nothing: Reconciled = {
  leads: { kept: 0, promised: 0, unpromised: 0 },
  schools: { delivered: 0, inFlight: 0, parked: 0, unmatched: 0, dead: 0, rejected: 0, erased: 0 },
  drift: 0,
  differences: [],
}

/** Two parts of one day. */
export function addUp(one: Reconciled, other: Reconciled): Reconciled {
  const leads = { ...one.leads }
  for (const column of reconciled.shape.leads.keyof().options) leads[column] += other.leads[column]
  const schools = { ...one.schools }
  for (const column of reconciled.shape.schools.keyof().options) schools[column] += other.schools[column]
  return {
    leads,
    schools,
    drift: one.drift + other.drift,
    differences: [...one.differences, ...other.differences].slice(0, mostTold),
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
} as const satisfies { [State in DeliveryState]: keyof Reconciled['schools'] }

// A row of the table must hold them all.
const mostTold = 200

/** What a school rejected goes to somebody else, or to nobody; what was erased may have been rejected before. */
function stands({ state }: Listed): boolean {
  return state !== 'rejected' && state !== 'erased'
}

function nameOf({ leadId, schoolId, deliveryId }: Named): string {
  return `${leadId} ${schoolId} ${deliveryId}`
}

function told(kind: Difference['kind'], { leadId, schoolId, deliveryId }: Named): Difference {
  return { kind, leadId, schoolId, deliveryId }
}
