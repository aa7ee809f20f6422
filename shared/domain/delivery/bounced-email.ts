import * as z from 'zod'

/** An email that bounced or that its recipient reported as spam. `lasting`: later emails to this mailbox will fail too. */
export const bouncedEmail = z.object({
  deliveryId: z.string(),
  messageId: z.string(),
  to: z.string(),
  why: z.enum(['bounced', 'complained']),
  lasting: z.boolean(),
})
export type BouncedEmail = z.output<typeof bouncedEmail>
