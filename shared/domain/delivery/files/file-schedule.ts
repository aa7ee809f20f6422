import * as z from 'zod'
import { getWeekday } from '../../routing/calling/holidays.ts'
import { toInstant, toWallClock } from '../../routing/calling/wall-clock.ts'
import { shiftDay, toDay } from '../../time.ts'
import { timeZone, uniqueBy, weekday } from '../../vocabulary.ts'

const runTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 06:00')

/** When files are sent: at these times of the day, on these days. */
export const fileSchedule = z
  .strictObject({
    times: z
      .array(runTime)
      .min(1)
      .max(24)
      .refine(...uniqueBy<string>((time) => time)),
    days: z
      .array(weekday)
      .min(1)
      .max(7)
      .refine(...uniqueBy<string>((day) => day))
      .optional()
      .meta({ description: 'Defaults to every day.' }),
    timeZone: timeZone.optional().meta({ description: 'Defaults to the time zone of the school.' }),
  })
  .meta({ id: 'FileSchedule' })
export type FileSchedule = z.output<typeof fileSchedule>

const maxDays = 8

/** Returns the first run after an instant. A time that clocks skip or repeat is one run. */
export function findNextRun({ times, days, timeZone }: FileSchedule, after: string, schoolTimeZone: string): string {
  const place = timeZone ?? schoolTimeZone
  const today = toDay(toWallClock(Date.parse(after), place).toISOString())
  const runs = Array.from({ length: maxDays }, (_, count) => shiftDay(today, count))
    .filter((date) => !days || days.some((day) => day === weekday.options[getWeekday(date) - 1]))
    .flatMap((date) => times.map((time) => toInstant(date, time, place)))
    .filter((run) => run > after)
    .toSorted()
  const [next] = runs
  if (next === undefined) throw new Error('A schedule has a run in every week.')
  return next
}
