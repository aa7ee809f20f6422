import * as z from 'zod'
import { instant } from '../vocabulary.ts'

/** What a school receives when a person is to be forgotten. It says which lead it was, and not whose. */
export const leadErased = z
  .strictObject({
    type: z.literal('lead.erased'),
    timestamp: instant,
    data: z.strictObject({
      leadId: z.string(),
      deliveryId: z.string().meta({ description: 'The `webhook-id` under which the lead came.' }),
      reference: z.string().optional().meta({ description: 'What you called the lead in your answer to it.' }),
      test: z.boolean(),
      school: z.strictObject({ id: z.string(), name: z.string() }),
    }),
  })
  .meta({ id: 'LeadErased' })
export type LeadErased = z.output<typeof leadErased>
