import { addReconciliationTotals, emptyReconciliationTotals } from '#shared/domain/reporting/reconcile.ts'
import type { ReconciliationTotals } from '#shared/domain/reporting/reconciliation.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { reconcilePart } from './reconcile-part.ts'

export type ReconcileDayDependencies = Pick<Dependencies, 'reconciliation' | 'records' | 'now' | 'sleep' | 'log'>
type TimeLimits = {
  /** What was decided later is left for the next time. */
  until: string
  /** Who has not finished by then goes on the next time. */
  deadline: string
}

/**
 * Goes through the leads of a day part by part, in as much memory as one part needs, and keeps what it found. What a day
 * has is found by its leads; what a school lists, whoever asked for it, is looked at on the day when it was listed.
 */
export async function reconcileDay(
  day: string,
  { until, deadline }: TimeLimits,
  deps: ReconcileDayDependencies,
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
      return logResult(totals, 'left')
    }
    // In a host of one process, others have their turn.
    await deps.sleep(0)
  }
  const finished = { day, until: position.until, finishedAt: deps.now().toISOString(), ...totals }
  await deps.reconciliation.saveReport(day, { finished })
  return logResult(totals, 'finished')

  function logResult(result: ReconciliationTotals, state: 'finished' | 'left'): ReconciliationTotals {
    const { leads, drift } = result
    deps.log('day.reconciled', { day, state, leads: leads.received, deliveries: leads.promised, drift })
    return result
  }
}

async function listSchoolIds({ records }: ReconcileDayDependencies): Promise<string[]> {
  const ids: string[] = []
  let page = await records.list('schools', { limit: 500 })
  ids.push(...page.records.map(({ id }) => id))
  while (page.next) {
    page = await records.list('schools', { limit: 500, after: page.next })
    ids.push(...page.records.map(({ id }) => id))
  }
  return ids
}
