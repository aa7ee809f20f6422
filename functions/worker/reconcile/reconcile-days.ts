import { addSeconds, shiftDay, toDay } from '#shared/domain/time.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { getTimeBudgetSeconds } from '#shared/platform/workers.ts'
import { reconcileDay } from './reconcile-day.ts'
import type { ReconciliationDependencies } from './reconcile-part.ts'

type ReconcileDaysDependencies = ReconciliationDependencies & Pick<Dependencies, 'measure'>

// Indexes lag, and decisions of this moment are not written yet.
const settlingSeconds = 5 * 60

/** Reconciles yesterday and today and measures the number of differences. */
export async function reconcileDays(deps: ReconcileDaysDependencies): Promise<void> {
  const startedAt = deps.now().toISOString()
  const until = addSeconds(startedAt, -settlingSeconds)
  const deadline = addSeconds(startedAt, getTimeBudgetSeconds('reconcile'))
  const today = toDay(until)
  const yesterday = shiftDay(today, -1)
  let drift = 0
  for (const day of [yesterday, today]) drift += (await reconcileDay(day, { until, deadline }, deps)).drift
  deps.measure('ReconciliationDrift', drift)
}
