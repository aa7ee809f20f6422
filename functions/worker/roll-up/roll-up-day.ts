import { addRollUps, emptyRollUp } from '#shared/domain/reporting/add-roll-ups.ts'
import type { RollUpFigures } from '#shared/domain/reporting/figures.ts'
import { type LeadWithDeliveries, rollUp } from '#shared/domain/reporting/roll-up.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { Cursor } from '#shared/store/engine/engine.ts'
import type { RollUpLead } from '#shared/store/reporting/roll-ups.ts'

export type RollUpDayDependencies = Pick<Dependencies, 'reconciliation' | 'rollUps' | 'now' | 'sleep' | 'log'>
type TimeLimits = {
  /** What is received later is left for the next time. */
  until: string
  /** Who has not finished by then goes on the next time. */
  deadline: string
}

// Few enough that others of one process are not kept waiting.
const leadsInPart = 100

/**
 * Counts the leads of a day anew, part by part, in as much memory as one part and the sums need. What was counted before
 * plays no part in it, so that a run which dies, or two at once, leave nothing wrong behind.
 */
export async function rollUpDay(
  day: string,
  { until, deadline }: TimeLimits,
  deps: RollUpDayDependencies,
): Promise<'finished' | 'left'> {
  const savedProgress = await deps.rollUps.findProgress(day)
  const asOf = savedProgress?.until ?? until
  let figures: RollUpFigures = savedProgress?.partial ?? emptyRollUp
  let after: Cursor | undefined = savedProgress?.after
  for (;;) {
    const page = { until: asOf, limit: leadsInPart, ...(after && { after }) }
    const { leads, next } = await deps.rollUps.listLeads(day, page)
    const accounts = await Promise.all(leads.map((lead) => loadLeadWithDeliveries(lead, deps)))
    figures = addRollUps(figures, rollUp(accounts))
    if (!next) break
    after = next
    if (deps.now().toISOString() >= deadline) {
      await deps.rollUps.saveProgress(day, { until: asOf, after, partial: figures })
      return logState('left')
    }
    // In a host of one process, others have their turn.
    await deps.sleep(0)
  }
  await deps.rollUps.saveReport({ day, until: asOf, finishedAt: deps.now().toISOString(), ...figures })
  return logState('finished')

  function logState(state: 'finished' | 'left') {
    const { leads, deliveries } = figures.whole
    deps.log('day.rolled-up', { day, state, leads: leads.received, deliveries: deliveries.created })
    return state
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
  return { ...lead, decisions: decisions.length, deliveries }
}
