import * as z from 'zod'

/** An e-mail that came back, or that somebody complained of. `lasting`: the mailbox will not take the next one either. */
export const bouncedEmail = z.object({
  deliveryId: z.string(),
  messageId: z.string(),
  to: z.string(),
  why: z.enum(['bounced', 'complained']),
  lasting: z.boolean(),
})
export type BouncedEmail = z.output<typeof bouncedEmail>
