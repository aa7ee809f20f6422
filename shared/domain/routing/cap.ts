import * as z from 'zod'
import { recordId } from '../vocabulary.ts'
import { rule } from './rules.ts'

/** A limit on the leads or cents of a period, in the school's time zone. A week starts on Monday. */
export const cap = z
  .strictObject({
    period: z.enum(['hour', 'day', 'week', 'month', 'total']),
    limit: z.int().min(0).max(1_000_000_000),
    unit: z.enum(['leads', 'cents']).default('leads').meta({ description: '`cents` limits what is spent.' }),
    onReached: z
      .union([z.enum(['skip', 'park']), z.strictObject({ fallback: recordId })])
      .default('skip')
      .meta({
        description:
          '`skip`: skip this campaign. `park`: offer the lead to it again when the period ends. ' +
          '`{fallback}`: use that campaign instead.',
      }),
    rules: rule
      .optional()
      .meta({ description: 'The cap counts and stops only leads that match these rules. Defaults to all leads.' }),
    id: recordId
      .optional()
      .meta({ description: 'Distinguishes caps with the same unit and period. Defaults to unit and period.' }),
  })
  .meta({ id: 'Cap' })
export type Cap = z.output<typeof cap>

// A lead reserves every cap of campaign and school in one transaction of at most 100 writes.
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
          message: 'is already used by another cap; give each cap its own ID',
        })
  })
  .default([])

export const schoolCap = z
  .strictObject({
    ...cap.pick({ period: true, limit: true, unit: true }).shape,
    onReached: z.enum(['skip', 'park']).default('skip').meta({
      description: '`skip`: skip this campaign. `park`: offer the lead to it again when the period ends.',
    }),
  })
  .meta({ id: 'SchoolCap' })

/**
 * Caps that a school sets for itself, next to the contract caps of staff. They limit and nothing else: which leads the
 * school buys, and which campaign stands in for a full one, change the price and are set by staff.
 */
export const schoolCaps = z
  .array(schoolCap)
  .max(5)
  .superRefine((all, context) => {
    const names = all.map(getCapName)
    for (const [index, name] of names.entries())
      if (names.indexOf(name) < index)
        context.addIssue({
          code: 'custom',
          path: [index, 'period'],
          message: 'is already used by another cap of the same unit; keep one of them',
        })
  })

export function getCapName({ id, unit, period }: Pick<Cap, 'unit' | 'period'> & { id?: string | undefined }): string {
  return id ?? `${unit}-${period}`
}
