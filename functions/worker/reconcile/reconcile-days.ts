import { addSeconds, shiftDay, toDay } from '#shared/domain/time.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { getTimeBudgetSeconds } from '#shared/platform/workers.ts'
import { type ReconcileDayDependencies, reconcileDay } from './reconcile-day.ts'

type ReconcileDaysDependencies = ReconcileDayDependencies & Pick<Dependencies, 'measure'>

// An index may lag behind, and who decides at this moment has not written yet.
const settlingSeconds = 5 * 60
/** Holds the leads of yesterday and today against what schools list, and tells how many deliveries only one side knows. */
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
