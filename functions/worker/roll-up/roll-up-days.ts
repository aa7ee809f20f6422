import { daysBefore } from '#shared/domain/reporting/report-span.ts'
import { type Needs, rollUpDay } from './roll-up-day.ts'

// What a school tells of a lead, and what it returns, comes within weeks.
const daysCountedAgain = 45
// As far back as a report may reach.
const daysCountedOnce = 92
// All of them within a day, by the hour.
const againInRun = 2
const firstInRun = 10
// Below the worker's timeout by what one part may take.
const secondsToWork = 600

/** Counts today and yesterday anew, then those of the days before that nobody has counted, or that were counted longest ago. */
export async function rollUpDays(needs: Needs): Promise<void> {
  const began = needs.now()
  const until = began.toISOString()
  const deadline = new Date(began.getTime() + secondsToWork * 1000).toISOString()
  const today = until.slice(0, 10)
  const yesterday = daysBefore(today, 1)
  const fresh = await needs.rollUps.freshness(daysBefore(today, daysCountedOnce - 1), yesterday)
  const before = Array.from({ length: daysCountedOnce - 2 }, (_, at) => daysBefore(yesterday, at + 1))
  const never = before.filter((day) => !fresh.has(day)).slice(0, firstInRun)
  const again = before
    .slice(0, daysCountedAgain - 2)
    .map((day) => ({ day, at: fresh.get(day) ?? '' }))
    .filter(({ at }) => at !== '')
    .toSorted((one, other) => (one.at < other.at ? -1 : 1))
    .slice(0, againInRun)
    .map(({ day }) => day)

  // These two come first, and have a part counted each, however little time is left.
  for (const day of [yesterday, today]) await rollUpDay(day, { until, deadline }, needs)
  for (const day of [...never, ...again])
    if (needs.now().toISOString() < deadline) await rollUpDay(day, { until, deadline }, needs)
}
