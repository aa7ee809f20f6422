import * as z from 'zod'
import type { BouncedEmail } from '../../domain/delivery/bounced-email.ts'
import { normalizeMailbox } from '../../domain/fields/email.ts'

/** The event that SES publishes for a bounce or complaint (event publishing of a configuration set, through EventBridge). */
const sesEvent = z.object({
  detail: z.object({
    eventType: z.enum(['Bounce', 'Complaint']),
    bounce: z
      .object({
        bounceType: z.string(),
        bounceSubType: z.string().nullish(),
        bouncedRecipients: z
          .array(
            z.object({
              emailAddress: z.string().nullish(),
              status: z.string().nullish(),
              diagnosticCode: z.string().nullish(),
            }),
          )
          .default([]),
      })
      .nullish(),
    complaint: z
      .object({
        complaintFeedbackType: z.string().nullish(),
        complainedRecipients: z.array(z.object({ emailAddress: z.string().nullish() })).nullish(),
      })
      .nullish(),
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
  const to = listAffected({ bounce, complaint }, mail.destination)
  const common = { deliveryId, messageId: mail.messageId, to }
  if (isNotSpam(complaint) || isAutomaticReply(bounce)) return { ...common, why: 'arrived', lasting: false }
  if (eventType === 'Complaint') return { ...common, why: 'complained', lasting: true }
  return { ...common, why: 'bounced', lasting: bounce?.bounceType === 'Permanent' }
}

type SesDetail = z.output<typeof sesEvent>['detail']

/**
 * The recipients that the event is about, as the email had them. SES lists everyone who may have complained; an event that
 * lists no recipient of the email is about all of them.
 */
function listAffected({ bounce, complaint }: Pick<SesDetail, 'bounce' | 'complaint'>, destination: string[]): string[] {
  const listed = [...(bounce?.bouncedRecipients ?? []), ...(complaint?.complainedRecipients ?? [])]
  const addresses = listed.flatMap(({ emailAddress }) => (emailAddress ? [readAddress(emailAddress)] : []))
  const affected = destination.filter((to) => addresses.includes(readAddress(to)))
  return affected.length > 0 ? affected : destination
}

/** Of an address with or without a name, in lower case. */
function readAddress(address: string): string {
  return (normalizeMailbox(address) ?? address).toLowerCase()
}

/** The recipient moved the email out of the spam folder. */
function isNotSpam(complaint: SesDetail['complaint']): boolean {
  return complaint?.complaintFeedbackType === 'not-spam'
}

/** SES reports automatic replies as temporary bounces. They carry no delivery status, as the bounce of a mail server does. */
function isAutomaticReply(bounce: SesDetail['bounce']): boolean {
  if (bounce?.bounceType !== 'Transient' || bounce.bounceSubType !== 'General') return false
  return bounce.bouncedRecipients.every(({ status, diagnosticCode }) => !status && !diagnosticCode)
}
