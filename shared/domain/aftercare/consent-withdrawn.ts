import * as z from 'zod'
import { instant } from '../vocabulary.ts'

/** What a school receives when a person withdraws consent. It names the lead, not the person. */
export const consentWithdrawn = z
  .strictObject({
    type: z.literal('consent.withdrawn'),
    timestamp: instant,
    data: z.strictObject({
      leadId: z.string(),
      deliveryId: z.string().meta({ description: 'The `webhook-id` of the delivery of the lead.' }),
      reference: z
        .string()
        .optional()
        .meta({ description: 'Your reference for the lead, from your response to its delivery.' }),
      withdrawnAt: instant,
      honorBy: instant.meta({ description: 'Stop contacting the person at once, and at the latest by then.' }),
      scope: z
        .enum(['all-schools', 'your-school'])
        .meta({ description: 'Whether the person withdrew from every school or from yours only.' }),
      test: z.boolean(),
      school: z.strictObject({ id: z.string(), name: z.string() }),
    }),
  })
  .meta({ id: 'ConsentWithdrawn' })
export type ConsentWithdrawn = z.output<typeof consentWithdrawn>
