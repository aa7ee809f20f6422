import { addSeconds } from '#shared/domain/time.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { dueShards } from '#shared/store/index-keys.ts'
import type { RecountMark } from '#shared/store/reporting/recount-marks.ts'
import { type RollUpDayDependencies, rollUpDay } from './roll-up-day.ts'

type RecountDependencies = RollUpDayDependencies & Pick<Dependencies, 'recountMarks'>

const marksPerShard = 500
// The index of leads may lag behind a change for a moment.
const settlingSeconds = 30

/**
 * Recounts the days of the leads that changed late, oldest first, and removes each mark whose change was counted. The
 * marks of a day that is not due wait.
 */
export async function recountMarkedDays(
  { until, deadline, isDue }: { until: string; deadline: string; isDue: (day: string) => Promise<boolean> },
  deps: RecountDependencies,
): Promise<void> {
  const isIncluded = ({ at }: RecountMark, asOf: string) => at <= addSeconds(asOf, -settlingSeconds)
  let isMore = true
  while (isMore && deps.now().toISOString() < deadline) {
    const pages = await Promise.all(dueShards.map((shard) => deps.recountMarks.list(shard, { limit: marksPerShard })))
    const marks = pages.flatMap((page) => page.marks).filter((mark) => isIncluded(mark, until))
    isMore = pages.some(({ next }) => next)
    // A lead without a row counts on no day.
    for (const mark of marks) if (mark.day === undefined) await deps.recountMarks.remove(mark)
    const days = [...Map.groupBy(marks, ({ day }) => day ?? '')].toSorted(([one], [other]) => (one < other ? -1 : 1))
    let removedCount = 0
    for (const [day, marksOfDay] of days) {
      if (day === '' || deps.now().toISOString() >= deadline || !(await isDue(day))) continue
      const { state, asOf } = await rollUpDay(day, { until, deadline }, deps)
      if (state === 'unfinished') continue
      // Changes after the count began are counted by the next run.
      for (const mark of marksOfDay.filter((one) => isIncluded(one, asOf))) {
        await deps.recountMarks.remove(mark)
        removedCount += 1
      }
    }
    // Marks of this moment fill the pages: the next run takes them.
    if (removedCount === 0) break
  }
}
