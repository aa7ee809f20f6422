import * as z from 'zod'

/**
 * What became of an email after it was sent. `complained`: its recipient reported it as spam. `arrived`: what came back proves
 * that it arrived, such as an automatic reply. `lasting`: later emails to these mailboxes will fail too. `to`: those that it is about, of all recipients.
 */
export const bouncedEmail = z.object({
  deliveryId: z.string(),
  messageId: z.string(),
  to: z.array(z.string()).min(1),
  why: z.enum(['bounced', 'complained', 'arrived']),
  lasting: z.boolean(),
})
export type BouncedEmail = z.output<typeof bouncedEmail>
