import type { Dependencies } from '#shared/platform/dependencies.ts'
import { type ReconcileDayDependencies, reconcileDay } from './reconcile-day.ts'

type ReconcileDaysDependencies = ReconcileDayDependencies & Pick<Dependencies, 'measure'>

// An index may lag behind, and who decides at this moment has not written yet.
const settlingMinutes = 5
// Below the worker's timeout by what one part may take.
const timeBudgetSeconds = 600

/** Holds the leads of yesterday and today against what schools list, and tells how many deliveries only one side knows. */
export async function reconcileDays(deps: ReconcileDaysDependencies): Promise<void> {
  const startedAtMs = deps.now().getTime()
  const toInstant = (ms: number) => new Date(startedAtMs + ms).toISOString()
  const until = toInstant(-settlingMinutes * 60_000)
  const deadline = toInstant(timeBudgetSeconds * 1000)
  const today = until.slice(0, 10)
  const yesterday = new Date(Date.parse(today) - 1).toISOString().slice(0, 10)
  let drift = 0
  for (const day of [yesterday, today]) drift += (await reconcileDay(day, { until, deadline }, deps)).drift
  deps.measure('ReconciliationDrift', drift)
}
