import * as z from 'zod'
import type { BouncedEmail } from '../../domain/delivery/bounced-email.ts'

/** The event that SES publishes for a bounce or complaint (event publishing of a configuration set, through EventBridge). */
const sesEvent = z.object({
  detail: z.object({
    eventType: z.enum(['Bounce', 'Complaint']),
    bounce: z
      .object({
        bounceType: z.string(),
        bounceSubType: z.string().nullish(),
        bouncedRecipients: z
          .array(z.object({ status: z.string().nullish(), diagnosticCode: z.string().nullish() }))
          .default([]),
      })
      .nullish(),
    complaint: z.object({ complaintFeedbackType: z.string().nullish() }).nullish(),
    mail: z.object({
      messageId: z.string(),
      destination: z.array(z.string()).min(1),
      tags: z.object({ deliveryId: z.array(z.string()).min(1) }),
    }),
  }),
})

/** @throws if the JSON is not such an event: a fault of ours, which goes to the dead-letter queue. */
export function parseSesEvent(json: string): BouncedEmail {
  const { eventType, bounce, complaint, mail } = sesEvent.parse(JSON.parse(json)).detail
  const [deliveryId = ''] = mail.tags.deliveryId
  const [to = ''] = mail.destination
  const common = { deliveryId, messageId: mail.messageId, to }
  if (isNotSpam(complaint) || isAutomaticReply(bounce)) return { ...common, why: 'arrived', lasting: false }
  if (eventType === 'Complaint') return { ...common, why: 'complained', lasting: true }
  return { ...common, why: 'bounced', lasting: bounce?.bounceType === 'Permanent' }
}

type SesDetail = z.output<typeof sesEvent>['detail']

/** The recipient moved the email out of the spam folder. */
function isNotSpam(complaint: SesDetail['complaint']): boolean {
  return complaint?.complaintFeedbackType === 'not-spam'
}

/** SES reports automatic replies as temporary bounces. They carry no delivery status, as the bounce of a mail server does. */
function isAutomaticReply(bounce: SesDetail['bounce']): boolean {
  if (bounce?.bounceType !== 'Transient' || bounce.bounceSubType !== 'General') return false
  return bounce.bouncedRecipients.every(({ status, diagnosticCode }) => !status && !diagnosticCode)
}
