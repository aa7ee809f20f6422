import { isRecountDue, isSettledCount } from '#shared/domain/reporting/recount.ts'
import { addSeconds, listDays, shiftDay, toDay } from '#shared/domain/time.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { getTimeBudgetSeconds } from '#shared/platform/workers.ts'
import { recountMarkedDays } from './recount-marked-days.ts'
import { type RollUpDayDependencies, rollUpDay } from './roll-up-day.ts'

export type RollUpDaysDependencies = RollUpDayDependencies & Pick<Dependencies, 'recountMarks'>

// A new system has counts for the span that its pages offer, although no leads.
const firstCountedDays = 92

/**
 * Counts today and yesterday again, then the days whose leads changed later, whatever their age, then each day that is
 * not settled yet. A past day is counted again once in `pastDaysEverySeconds`. A settled day has a count that includes all changes that did not mark it. The first runs count
 * every day once more whose count is older than the marks.
 */
export async function rollUpDays(deps: RollUpDaysDependencies, pastDaysEverySeconds = 0): Promise<void> {
  const until = deps.now().toISOString()
  const deadline = addSeconds(until, getTimeBudgetSeconds('roll-up'))
  const times = { until, deadline }
  const isDue = async (day: string) => {
    if (pastDaysEverySeconds === 0) return true
    const freshness = await deps.rollUps.listFreshness(day, day)
    return isRecountDue(day, freshness.get(day), { now: until, everySeconds: pastDaysEverySeconds })
  }
  const today = toDay(until)
  const yesterday = shiftDay(today, -1)
  // These two come first; each gets at least one part counted, whatever time is left.
  for (const day of [yesterday, today]) if (day === today || (await isDue(day))) await rollUpDay(day, times, deps)
  await recountMarkedDays({ ...times, isDue }, deps)
  await settleDays(today, times, deps)
}

async function settleDays(today: string, times: { until: string; deadline: string }, deps: RollUpDaysDependencies) {
  const { rollUps, recountMarks, now, sleep } = deps
  const settled = await recountMarks.findSettledDays()
  const from = settled?.from ?? (await findFirstDay(today, deps))
  const markedSince = settled?.markedSince ?? times.until
  const nextDay = settled ? shiftDay(settled.through, 1) : from
  const lastDay = shiftDay(today, -2)
  if (nextDay > lastDay) return
  const freshness = await rollUps.listFreshness(nextDay, lastDay)
  let through = shiftDay(nextDay, -1)
  if (!settled) await recountMarks.saveSettledDays({ from, through, markedSince })
  for (const day of listDays({ from: nextDay, to: lastDay })) {
    const countedUntil = freshness.get(day) ?? ''
    if (countedUntil < markedSince || !isSettledCount(day, countedUntil)) {
      if (now().toISOString() >= times.deadline) break
      const { state, asOf } = await rollUpDay(day, times, deps)
      if (state === 'unfinished' || !isSettledCount(day, asOf)) break
      // Yields to other tasks on a single-process host.
      await sleep(0)
    }
    through = day
  }
  if (through >= nextDay) await recountMarks.saveSettledDays({ from, through, markedSince })
}

async function findFirstDay(today: string, { rollUps }: RollUpDaysDependencies): Promise<string> {
  const firstDay = shiftDay(today, 1 - firstCountedDays)
  const firstReport = await rollUps.findFirstReportDay()
  return firstReport !== undefined && firstReport < firstDay ? firstReport : firstDay
}
