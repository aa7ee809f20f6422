import { toOwnerName } from '#shared/domain/catalog/generation.ts'
import type { ReconciliationTotals } from '#shared/domain/reporting/reconciliation.ts'
import { addReconciliationTotals, emptyReconciliationTotals } from '#shared/domain/reporting/reconciliation.ts'
import { type ReconciliationDependencies, reconcilePart } from './reconcile-part.ts'

type TimeLimits = {
  /** Later decisions are left for the next run. */
  until: string
  /** An unfinished run stores its progress then; the next run continues. */
  deadline: string
}

/**
 * Reconciles the leads of a day part by part, in the memory of one part, and stores the result. Leads count on the day
 * of receipt; the deliveries that a school lists count on the day on which they were listed.
 */
export async function reconcileDay(
  day: string,
  { until, deadline }: TimeLimits,
  deps: ReconciliationDependencies,
): Promise<ReconciliationTotals> {
  const storedReconciliation = await deps.reconciliation.findReport(day)
  let { soFar: totals, ...position } = storedReconciliation?.underWay ?? {
    until,
    listedFrom: day,
    soFar: emptyReconciliationTotals,
  }
  const schoolIds = await listSchoolIds(deps)
  for (;;) {
    const { totals: partTotals, next } = await reconcilePart({ day, schoolIds, ...position }, deps)
    totals = addReconciliationTotals(totals, partTotals)
    if (!next) break
    position = { ...position, ...next }
    if (deps.now().toISOString() >= deadline) {
      await deps.reconciliation.saveReport(day, {
        ...storedReconciliation,
        underWay: { ...position, ...next, soFar: totals },
      })
      return logResult(totals, 'unfinished')
    }
    // Yields to other tasks on a single-process host.
    await deps.sleep(0)
  }
  const finished = { day, until: position.until, finishedAt: deps.now().toISOString(), ...totals }
  await deps.reconciliation.saveReport(day, { finished })
  return logResult(totals, 'finished')

  function logResult(result: ReconciliationTotals, state: 'finished' | 'unfinished'): ReconciliationTotals {
    const { leads, drift } = result
    deps.log('day.reconciled', { day, state, leads: leads.received, deliveries: leads.promised, drift })
    return result
  }
}

async function listSchoolIds({ records }: ReconciliationDependencies): Promise<string[]> {
  const ids: string[] = []
  let page = await records.list('schools', { limit: 500 })
  ids.push(...page.records.map(toOwnerName))
  while (page.next) {
    page = await records.list('schools', { limit: 500, after: page.next })
    ids.push(...page.records.map(toOwnerName))
  }
  return ids
}
