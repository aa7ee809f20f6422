import type { Dependencies } from '#shared/platform/dependencies.ts'
import { type Needs as DayNeeds, reconcileDay } from './reconcile-day.ts'

type Needs = DayNeeds & Pick<Dependencies, 'measure'>

// An index may lag behind, and who decides at this moment has not written yet.
const minutesToSettle = 5
// Below the worker's timeout by what one part may take.
const secondsToWork = 600

/** Holds the leads of yesterday and today against what schools list, and tells how many deliveries only one side knows. */
export async function reconcileDays(needs: Needs): Promise<void> {
  const began = needs.now().getTime()
  const at = (ms: number) => new Date(began + ms).toISOString()
  const until = at(-minutesToSettle * 60_000)
  const deadline = at(secondsToWork * 1000)
  const today = until.slice(0, 10)
  const yesterday = new Date(Date.parse(today) - 1).toISOString().slice(0, 10)
  let drift = 0
  for (const day of [yesterday, today]) drift += (await reconcileDay(day, { until, deadline }, needs)).drift
  needs.measure('ReconciliationDrift', drift)
}
