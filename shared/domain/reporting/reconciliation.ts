import * as z from 'zod'
import { instant } from '../vocabulary.ts'

export const difference = z
  .object({
    kind: z
      .enum(['missing-delivery', 'unexpected-delivery', 'accepted-without-delivery', 'unmatched-with-delivery'])
      .meta({
        description:
          '`missing-delivery`: promised to a school, and not in its list. `unexpected-delivery`: in a school’s list, and promised by no ' +
          'decision. `accepted-without-delivery`: the lead says that somebody has it, and nobody does. `unmatched-with-delivery`: it says that nobody has ' +
          'it, and somebody does.',
      }),
    leadId: z.string(),
    schoolId: z.string().optional(),
    deliveryId: z.string().optional(),
  })
  .meta({ id: 'Difference' })
export type Difference = z.output<typeof difference>

const count = z.int().min(0)
export const reconciliationTotals = z.object({
  leads: z
    .object({
      received: count,
      promised: count.meta({ description: 'Deliveries that decisions on these leads promise.' }),
      unpromised: count.meta({ description: 'Leads that are promised to nobody.' }),
    })
    .meta({ description: 'What the leads say. `promised` and `unpromised` together are what must be accounted for.' }),
  schools: z
    .object({
      delivered: count,
      inFlight: count,
      parked: count,
      unmatched: count.meta({ description: 'Leads that say so themselves, and that no school lists.' }),
      dead: count,
      rejected: count,
      erased: count,
    })
    .meta({ description: 'What became of them: the deliveries that schools list, by state, and what nobody has.' }),
  drift: count.meta({ description: 'How many differences there are. Anything but 0 is a fault of ours.' }),
  differences: z.array(difference).meta({ description: 'The first 200 of them.' }),
})
export type ReconciliationTotals = z.output<typeof reconciliationTotals>

export const reconciliation = z
  .object({
    day: z.iso.date(),
    until: instant.meta({ description: 'What was decided later is not looked at yet.' }),
    finishedAt: instant,
    ...reconciliationTotals.shape,
  })
  .meta({ id: 'Reconciliation' })
export type Reconciliation = z.output<typeof reconciliation>
