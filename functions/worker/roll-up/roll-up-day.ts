import { toOwnerName } from '#shared/domain/catalog/generation.ts'
import { createCellSums } from '#shared/domain/reporting/roll-up/cells.ts'
import { limitFreeValues } from '#shared/domain/reporting/roll-up/free-values.ts'
import { type LeadWithDeliveries, rollUp } from '#shared/domain/reporting/roll-up/roll-up.ts'
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
  const sums = createCellSums(savedProgress?.cells)
  let after: Cursor | undefined = savedProgress?.after
  for (;;) {
    const page = { until: asOf, limit: leadsInPart, ...(after && { after }) }
    const { leads, next } = await deps.rollUps.listLeads(day, page)
    const leadsWithDeliveries = await Promise.all(leads.map((lead) => loadLeadWithDeliveries(lead, deps)))
    for (const cell of rollUp(leadsWithDeliveries)) sums.add(cell)
    if (!next) break
    after = next
    if (deps.now().toISOString() >= deadline) {
      await deps.rollUps.saveProgress(day, { until: asOf, after, cells: sums.list() })
      return logState('unfinished')
    }
    // Yields to other tasks on a single-process host.
    await deps.sleep(0)
  }
  const cells = limitFreeValues(sums.list())
  await deps.rollUps.saveReport({ day, until: asOf, finishedAt: deps.now().toISOString(), cells })
  return logState('finished')

  function logState(state: 'finished' | 'unfinished') {
    const cells = sums.list().filter(({ table }) => table === 'sources')
    const count = (field: string) => cells.reduce((total, { counts }) => total + (counts[field] ?? 0), 0)
    deps.log('day.rolled-up', { day, state, leads: count('leads.received'), deliveries: count('deliveries.created') })
    return { state, asOf }
  }
}

async function loadLeadWithDeliveries(
  { leadId, ...lead }: RollUpLead,
  { reconciliation, rollUps }: RollUpDayDependencies,
): Promise<LeadWithDeliveries> {
  if (lead.test) return { ...lead, decisions: 0, deliveries: [] }
  const [decisions, { sourceGeneration: generation, ...labels }] = await Promise.all([
    reconciliation.listDecisions(leadId),
    rollUps.findLabels(leadId),
  ])
  const ids = decisions.flatMap(({ promisedDeliveries }) => promisedDeliveries.map(({ deliveryId }) => deliveryId))
  const deliveries = (await Promise.all(ids.map(rollUps.findDelivery))).flatMap((one) => one ?? [])
  const latest = decisions.at(-1)
  const reasons = latest ? await rollUps.listReasons(leadId, latest.row) : []
  // Figures of a source are not those of a deleted one that had its ID.
  const sourceId = toOwnerName({ id: lead.sourceId, generation })
  return { ...lead, ...labels, sourceId, decisions: decisions.length, reasons, deliveries }
}
