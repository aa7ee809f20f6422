import type { ReconciliationTotals } from '#shared/domain/reporting/reconciliation.ts'
import { type LeadPromises, type ListedDelivery, reconcile } from '#shared/domain/reporting/reconciliation.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { Cursor } from '#shared/store/engine/engine.ts'
import type { PromisedDelivery, ReconciliationLead } from '#shared/store/reporting/reconciliation-store.ts'

export type ReconciliationDependencies = Pick<Dependencies, 'reconciliation' | 'records' | 'now' | 'sleep' | 'log'>

type Part = {
  day: string
  until: string
  schoolIds: readonly string[]
  after?: Cursor
  /** Where the previous part ended on the schools' side. */
  listedFrom: string
}
type Next = { after: Cursor; listedFrom: string }

const leadsInPart = 500
// Concurrent writes are visible by then.
const recheckDelayMs = 2_000
const batchSize = 50

/** Reconciles some leads with what schools list for the same span of time. Differences are read a second time before they count. */
export async function reconcilePart(
  part: Part,
  deps: ReconciliationDependencies,
): Promise<{ totals: ReconciliationTotals; next?: Next }> {
  const { totals, next } = await readPart(part, deps)
  if (totals.drift === 0) return { totals, ...(next && { next }) }
  await deps.sleep(recheckDelayMs)
  return readPart(part, deps)
}

async function readPart(
  part: Part,
  deps: ReconciliationDependencies,
): Promise<{ totals: ReconciliationTotals; next?: Next }> {
  const { day, until, after, listedFrom } = part
  const dayEnds = `${day}T23:59:59.999Z`
  const to = until < dayEnds ? until : dayEnds
  const page = await deps.reconciliation.listLeads(day, { to, limit: leadsInPart, ...(after && { after }) })
  // The last part covers the rest of the day. A part without a lead has no end of its own.
  const listedTo = page.next ? page.leads.at(-1)?.receivedAt : to
  const leads = await mapInBatches(page.leads, async (lead) => {
    return toLeadPromises(lead, await deps.reconciliation.listDecisions(lead.leadId), until)
  })
  const span = listedTo === undefined ? undefined : { from: listedFrom, to: listedTo }
  const listed = span ? await listDeliveries(span, leads, part, deps) : []
  const totals = reconcile({ leads, others: await findOtherLeads(leads, listed, until, deps), listed })
  if (!page.next) return { totals }
  return { totals, next: { after: page.next, listedFrom: listedTo === undefined ? listedFrom : `${listedTo}#~` } }
}

type DatedDecision = { decidedAt: string; promisedDeliveries: readonly PromisedDelivery[] }
type LeadWithPromises = LeadPromises & { promisedDeliveries: readonly PromisedDelivery[] }

/** The outcome of a lead with a recent decision is left open: index and decision may not be consistent yet. */
function toLeadPromises(
  { leadId, outcome }: ReconciliationLead,
  decisions: readonly DatedDecision[],
  until: string,
): LeadWithPromises {
  const settledDecisions = decisions.filter(({ decidedAt }) => decidedAt <= until)
  const claimedOutcome =
    settledDecisions.length < decisions.length ? 'open' : outcome === 'accepted' ? 'has-school' : 'no-school'
  return {
    leadId,
    claimedOutcome,
    promisedDeliveries: settledDecisions.flatMap(({ promisedDeliveries }) => promisedDeliveries),
  }
}

/** Reads the list of each school. Promised deliveries of another time or of a deleted school are read one by one. */
async function listDeliveries(
  span: { from: string; to: string },
  leads: readonly LeadWithPromises[],
  { schoolIds }: Part,
  { reconciliation }: ReconciliationDependencies,
): Promise<ListedDelivery[]> {
  const listed = (
    await mapInBatches(schoolIds, (schoolId) => reconciliation.listSchoolDeliveries(schoolId, span))
  ).flat()
  const listedIds = new Set(listed.map(({ deliveryId }) => deliveryId))
  const unlistedDeliveries = leads
    .flatMap(({ promisedDeliveries: promised }) => promised)
    .filter(({ deliveryId }) => !listedIds.has(deliveryId))
  return [...listed, ...(await mapInBatches(unlistedDeliveries, reconciliation.findListedDelivery)).flat()]
}

/** Finds leads of other parts and days that were offered again in this span. */
async function findOtherLeads(
  leads: readonly LeadPromises[],
  listed: readonly ListedDelivery[],
  until: string,
  deps: ReconciliationDependencies,
) {
  const ownIds = new Set(leads.map(({ leadId }) => leadId))
  const otherIds = new Set(listed.flatMap(({ leadId }) => (ownIds.has(leadId) ? [] : leadId)))
  const otherLeads = await mapInBatches([...otherIds], async (leadId) => {
    const decisions = await deps.reconciliation.listDecisions(leadId)
    const lead = decisions[0] && (await deps.reconciliation.findLead(leadId, decisions[0].receivedAt))
    return lead && toLeadPromises(lead, decisions, until)
  })
  return otherLeads.flatMap((one) => one ?? [])
}

/** Returns results in the order of the items. */
async function mapInBatches<Item, Result>(
  items: readonly Item[],
  transform: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = []
  for (let start = 0; start < items.length; start += batchSize)
    results.push(...(await Promise.all(items.slice(start, start + batchSize).map(transform))))
  return results
}
