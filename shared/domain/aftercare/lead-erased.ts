import * as z from 'zod'
import { instant } from '../vocabulary.ts'

/** What a school receives when it must delete a lead. It names the lead, not the person. */
export const leadErased = z
  .strictObject({
    type: z.literal('lead.erased'),
    timestamp: instant,
    data: z.strictObject({
      leadId: z.string(),
      deliveryId: z.string().meta({ description: 'The `webhook-id` of the delivery of the lead.' }),
      reference: z
        .string()
        .optional()
        .meta({ description: 'Your reference for the lead, from your response to its delivery.' }),
      test: z.boolean(),
      school: z.strictObject({ id: z.string(), name: z.string() }),
    }),
  })
  .meta({ id: 'LeadErased' })
export type LeadErased = z.output<typeof leadErased>
