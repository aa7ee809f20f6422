import { addSeconds, shiftDay, toDay } from '#shared/domain/time.ts'
import { getTimeBudgetSeconds } from '#shared/platform/workers.ts'
import { type RollUpDayDependencies, rollUpDay } from './roll-up-day.ts'

// Dispositions and returns arrive within weeks.
const recountWindowDays = 45
// A report covers at most as many days.
const countWindowDays = 92
// 24 runs a day cover the whole window.
const maxRecountsPerRun = 2
const maxFirstCountsPerRun = 10

/** Counts today and yesterday again, then earlier days that have no count or the oldest one. */
export async function rollUpDays(deps: RollUpDayDependencies): Promise<void> {
  const until = deps.now().toISOString()
  const deadline = addSeconds(until, getTimeBudgetSeconds('roll-up'))
  const today = toDay(until)
  const yesterday = shiftDay(today, -1)
  const freshness = await deps.rollUps.listFreshness(shiftDay(today, 1 - countWindowDays), yesterday)
  const earlierDays = Array.from({ length: countWindowDays - 2 }, (_, at) => shiftDay(yesterday, -(at + 1)))
  const uncountedDays = earlierDays.filter((day) => !freshness.has(day)).slice(0, maxFirstCountsPerRun)
  const recountDays = earlierDays
    .slice(0, recountWindowDays - 2)
    .map((day) => ({ day, at: freshness.get(day) ?? '' }))
    .filter(({ at }) => at !== '')
    .toSorted((one, other) => (one.at < other.at ? -1 : 1))
    .slice(0, maxRecountsPerRun)
    .map(({ day }) => day)

  // These two come first; each gets at least one part counted, whatever time is left.
  for (const day of [yesterday, today]) await rollUpDay(day, { until, deadline }, deps)
  for (const day of [...uncountedDays, ...recountDays])
    if (deps.now().toISOString() < deadline) await rollUpDay(day, { until, deadline }, deps)
}
