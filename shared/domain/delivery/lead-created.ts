import * as z from 'zod'
import { sha256 } from '../capture/consent.ts'
import { answers } from '../catalog/question.ts'
import { educationLevel, instant, modality, programLevel, startWindow } from '../vocabulary.ts'

/** The event of a new lead: the body of the webhook and the content of the email. */
export const leadCreated = z
  .strictObject({
    type: z.literal('lead.created'),
    timestamp: instant,
    data: z.strictObject({
      leadId: z.string(),
      deliveryId: z.string(),
      test: z.boolean(),
      school: z.strictObject({ id: z.string(), name: z.string() }),
      program: z.strictObject({ id: z.string(), name: z.string(), level: programLevel, modality }),
      contact: z.strictObject({
        firstName: z.string(),
        lastName: z.string(),
        email: z.string(),
        phone: z.string().meta({ description: 'E.164', example: '+15127891111' }),
        zip: z.string(),
        state: z.string(),
      }),
      education: z.strictObject({ highestLevel: educationLevel }),
      startWindow: startWindow.optional(),
      answers,
      consent: z.strictObject({
        grantedAt: instant,
        version: z.string(),
        sha256,
        text: z.string(),
        certificateUrl: z.string().optional(),
      }),
      source: z.strictObject({ id: z.string(), name: z.string() }),
    }),
  })
  .meta({ id: 'LeadCreated' })
export type LeadCreated = z.output<typeof leadCreated>
