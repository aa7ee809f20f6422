import * as z from 'zod'
import type { BouncedEmail } from '../../domain/delivery/bounced-email.ts'

/** The event that SES publishes for a bounce or complaint (event publishing of a configuration set, through EventBridge). */
const sesEvent = z.object({
  detail: z.object({
    eventType: z.enum(['Bounce', 'Complaint']),
    bounce: z.object({ bounceType: z.string() }).optional(),
    mail: z.object({
      messageId: z.string(),
      destination: z.array(z.string()).min(1),
      tags: z.object({ deliveryId: z.array(z.string()).min(1) }),
    }),
  }),
})

/** @throws if the JSON is not such an event: a fault of ours, which goes to the dead-letter queue. */
export function parseSesEvent(json: string): BouncedEmail {
  const { eventType, bounce, mail } = sesEvent.parse(JSON.parse(json)).detail
  const [deliveryId = ''] = mail.tags.deliveryId
  const [to = ''] = mail.destination
  const isComplaint = eventType === 'Complaint'
  return {
    deliveryId,
    messageId: mail.messageId,
    to,
    why: isComplaint ? 'complained' : 'bounced',
    lasting: isComplaint || bounce?.bounceType === 'Permanent',
  }
}
