import { type LeadPromises, type ListedDelivery, reconcile } from '#shared/domain/reporting/reconcile.ts'
import type { ReconciliationTotals } from '#shared/domain/reporting/reconciliation.ts'
import type { Cursor } from '#shared/store/engine/engine.ts'
import type { PromisedDelivery, ReconciliationLead } from '#shared/store/reporting/reconciliation-store.ts'
import { mapInBatches } from './map-in-batches.ts'
import type { ReconcileDayDependencies } from './reconcile-day.ts'

type Part = {
  day: string
  until: string
  schoolIds: readonly string[]
  after?: Cursor
  /** Where the part before it ended on the schools' side. */
  listedFrom: string
}
type Next = { after: Cursor; listedFrom: string }

const leadsInPart = 500
// What is being written at this moment has been by then.
const recheckDelayMs = 2_000

/** Some leads, and what schools list of the time in which they came. What differs is read a second time before it is told. */
export async function reconcilePart(
  part: Part,
  deps: ReconcileDayDependencies,
): Promise<{ totals: ReconciliationTotals; next?: Next }> {
  const { totals, next } = await readPart(part, deps)
  if (totals.drift === 0) return { totals, ...(next && { next }) }
  await deps.sleep(recheckDelayMs)
  return readPart(part, deps)
}

async function readPart(
  part: Part,
  deps: ReconcileDayDependencies,
): Promise<{ totals: ReconciliationTotals; next?: Next }> {
  const { day, until, after, listedFrom } = part
  const dayEnds = `${day}T23:59:59.999Z`
  const to = until < dayEnds ? until : dayEnds
  const page = await deps.reconciliation.listLeads(day, { to, limit: leadsInPart, ...(after && { after }) })
  // The last part has all the rest of the day; one without a lead cannot tell how far it went.
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

/** What a lead says is held against it only where no decision on it is young: that may have been written in part as we read. */
function toLeadPromises(
  { leadId, outcome }: ReconciliationLead,
  decisions: readonly DatedDecision[],
  until: string,
): LeadWithPromises {
  const settledDecisions = decisions.filter(({ decidedAt }) => decidedAt <= until)
  const claimedOutcome =
    settledDecisions.length < decisions.length ? 'open' : outcome === 'accepted' ? 'somebody' : 'nobody'
  return {
    leadId,
    claimedOutcome,
    promisedDeliveries: settledDecisions.flatMap(({ promisedDeliveries }) => promisedDeliveries),
  }
}

/** By each school's own list; what was promised at another time, or by a school that has been removed, one by one. */
async function listDeliveries(
  span: { from: string; to: string },
  leads: readonly LeadWithPromises[],
  { schoolIds }: Part,
  { reconciliation }: ReconcileDayDependencies,
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

/** The leads of other parts and days that are offered again in this one. Who is in no list of leads promises nothing. */
async function findOtherLeads(
  leads: readonly LeadPromises[],
  listed: readonly ListedDelivery[],
  until: string,
  deps: ReconcileDayDependencies,
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
