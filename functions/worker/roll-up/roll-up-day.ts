import { toOwnerName } from '#shared/domain/catalog/generation.ts'
import { addRollUps, emptyRollUp, type RollUpFigures } from '#shared/domain/reporting/figures.ts'
import { type LeadWithDeliveries, rollUp } from '#shared/domain/reporting/roll-up.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { Cursor } from '#shared/store/engine/engine.ts'
import type { RollUpLead } from '#shared/store/reporting/roll-ups.ts'

export type RollUpDayDependencies = Pick<Dependencies, 'reconciliation' | 'rollUps' | 'now' | 'sleep' | 'log'>
type TimeLimits = {
  /** Leads that are received later are left for the next run. */
  until: string
  /** An unfinished run stores its progress then; the next run continues. */
  deadline: string
}

// Small enough not to block other tasks on a single-process host.
const leadsInPart = 100

/**
 * Counts the leads of a day from scratch, part by part, in the memory of one part and the sums. Earlier counts are not
 * read, so that a crashed run or two concurrent runs cannot leave a wrong result. `asOf`: later changes may not be counted.
 */
export async function rollUpDay(
  day: string,
  { until, deadline }: TimeLimits,
  deps: RollUpDayDependencies,
): Promise<{ state: 'finished' | 'unfinished'; asOf: string }> {
  const savedProgress = await deps.rollUps.findProgress(day)
  const asOf = savedProgress?.until ?? until
  let figures: RollUpFigures = savedProgress?.partial ?? emptyRollUp
  let after: Cursor | undefined = savedProgress?.after
  for (;;) {
    const page = { until: asOf, limit: leadsInPart, ...(after && { after }) }
    const { leads, next } = await deps.rollUps.listLeads(day, page)
    const leadsWithDeliveries = await Promise.all(leads.map((lead) => loadLeadWithDeliveries(lead, deps)))
    figures = addRollUps(figures, rollUp(leadsWithDeliveries))
    if (!next) break
    after = next
    if (deps.now().toISOString() >= deadline) {
      await deps.rollUps.saveProgress(day, { until: asOf, after, partial: figures })
      return logState('unfinished')
    }
    // Yields to other tasks on a single-process host.
    await deps.sleep(0)
  }
  await deps.rollUps.saveReport({ day, until: asOf, finishedAt: deps.now().toISOString(), ...figures })
  return logState('finished')

  function logState(state: 'finished' | 'unfinished') {
    const { leads, deliveries } = figures.whole
    deps.log('day.rolled-up', { day, state, leads: leads.received, deliveries: deliveries.created })
    return { state, asOf }
  }
}

async function loadLeadWithDeliveries(
  { leadId, ...lead }: RollUpLead,
  { reconciliation, rollUps }: RollUpDayDependencies,
): Promise<LeadWithDeliveries> {
  if (lead.test) return { ...lead, decisions: 0, deliveries: [] }
  const decisions = await reconciliation.listDecisions(leadId)
  const ids = decisions.flatMap(({ promisedDeliveries }) => promisedDeliveries.map(({ deliveryId }) => deliveryId))
  const deliveries = (await Promise.all(ids.map(rollUps.findDelivery))).flatMap((one) => one ?? [])
  // Figures of a source are not those of a deleted one that had its ID. A lead without a decision does not say it.
  const generation = decisions.find((decision) => decision.sourceGeneration !== undefined)?.sourceGeneration
  const sourceId = toOwnerName({ id: lead.sourceId, generation })
  return { ...lead, sourceId, decisions: decisions.length, deliveries }
}
