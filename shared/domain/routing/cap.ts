import * as z from 'zod'
import { recordId } from '../vocabulary.ts'
import { rule } from './rules.ts'

/** What is counted and where the count starts anew, in the school's time zone; a week starts on Monday. */
export const cap = z
  .strictObject({
    period: z.enum(['hour', 'day', 'week', 'month', 'total']),
    limit: z.int().min(0).max(1_000_000_000),
    unit: z.enum(['leads', 'cents']).default('leads').meta({ description: '`cents` caps what is spent.' }),
    onReached: z
      .union([z.enum(['skip', 'park']), z.strictObject({ fallback: recordId })])
      .default('skip')
      .meta({
        description:
          '`skip`: the campaign is passed over. `park`: the lead is offered to it again when the window ends. ' +
          '`{fallback}`: that campaign stands in for it.',
      }),
    rules: rule.optional().meta({ description: 'Counts and stops only the leads for which this holds. Absent: all.' }),
    id: recordId.optional().meta({ description: 'Tells caps of one period and unit apart. Absent: unit and period.' }),
  })
  .meta({ id: 'Cap' })
export type Cap = z.output<typeof cap>

// So that a lead for one school, with the caps of campaign and school, fits into one transaction many times over.
const maxCaps = 10

export const caps = z
  .array(cap)
  .max(maxCaps)
  .superRefine((all, context) => {
    const names = all.map(getCapName)
    for (const [index, name] of names.entries())
      if (names.indexOf(name) < index)
        context.addIssue({
          code: 'custom',
          path: [index, 'id'],
          message: 'is that of another cap, too: give each one of its own',
        })
  })
  .default([])

export function getCapName({ id, unit, period }: Cap): string {
  return id ?? `${unit}-${period}`
}
