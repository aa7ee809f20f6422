import { isRecountDue } from '#shared/domain/reporting/recount.ts'
import { addSeconds, shiftDay, toDay } from '#shared/domain/time.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { getTimeBudgetSeconds } from '#shared/platform/workers.ts'
import { reconcileDay } from './reconcile-day.ts'
import type { ReconciliationDependencies } from './reconcile-part.ts'

type ReconcileDaysDependencies = ReconciliationDependencies & Pick<Dependencies, 'measure'>

// Indexes lag, and decisions of this moment are not written yet.
const settlingSeconds = 5 * 60

/** Reconciles today, and yesterday once in `pastDaysEverySeconds`, and measures the number of differences. */
export async function reconcileDays(deps: ReconcileDaysDependencies, pastDaysEverySeconds = 0): Promise<void> {
  const startedAt = deps.now().toISOString()
  const until = addSeconds(startedAt, -settlingSeconds)
  const deadline = addSeconds(startedAt, getTimeBudgetSeconds('reconcile'))
  const today = toDay(until)
  const yesterday = shiftDay(today, -1)
  const { finished } = (await deps.reconciliation.findReport(yesterday)) ?? {}
  const isYesterdayDue = isRecountDue(yesterday, finished?.until, { now: until, everySeconds: pastDaysEverySeconds })
  const yesterdayTotals =
    finished && !isYesterdayDue ? finished : await reconcileDay(yesterday, { until, deadline }, deps)
  const todayTotals = await reconcileDay(today, { until, deadline }, deps)
  deps.measure('ReconciliationDrift', yesterdayTotals.drift + todayTotals.drift)
}
