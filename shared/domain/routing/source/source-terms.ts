import * as z from 'zod'
import { hours } from '../campaign.ts'
import { cap } from '../cap.ts'

/** A limit on the leads that a source sends in a period, in its own time zone. A week starts on Monday. */
const sourceCap = z.strictObject({ period: cap.shape.period, limit: cap.shape.limit }).meta({ id: 'SourceCap' })

export const sourceCaps = z
  .array(sourceCap)
  .max(5)
  .superRefine((all, context) => {
    const periods = all.map(({ period }) => period)
    for (const [index, period] of periods.entries())
      if (periods.indexOf(period) < index)
        context.addIssue({ code: 'custom', path: [index, 'period'], message: 'has a cap already; keep one of them' })
  })

/** When the leads of a source may be sold. What comes at other times is stored and sent to no school. */
export const sourceHours = z
  .strictObject({
    timeZone: hours.shape.timeZone.meta({ description: 'Defaults to the time zone of the source.' }),
    open: hours.shape.open,
  })
  .meta({ id: 'SourceHours' })
