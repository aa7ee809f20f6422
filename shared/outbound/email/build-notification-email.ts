import { getSignInApp, type PersonHolder } from '#shared/domain/access/access-person.ts'
import type { Notification } from '#shared/domain/reporting/notifications/notification.ts'
import { describeNotification } from '#shared/domain/reporting/notifications/notification-text.ts'
import { toOneLine } from '../../format/to-one-line.ts'
import type { EmailMessage } from './mail.ts'
import { notificationEmailText as text } from './notification-email-text.ts'
import { renderSchoolEmail } from './render-school-email.ts'

type NotificationEmail = {
  to: string
  emailId: string
  holder: PersonHolder
  holderName: string | undefined
  publicUrl: string | undefined
  /** At least one. */
  notifications: readonly Notification[]
}

const maxShown = 50
const places: { readonly [caller in PersonHolder['caller']]: (name: string) => string } = {
  operator: () => text.console,
  school: text.portal,
  source: text.publisher,
}

/** The email with the notifications that are due for one person at one time. */
export async function buildNotificationEmail({
  to,
  emailId,
  holder,
  holderName,
  publicUrl,
  notifications,
}: NotificationEmail): Promise<EmailMessage> {
  const described = notifications.map((one) => describeNotification(one, holder.caller))
  const leftCount = described.length - maxShown
  const others = described.length > 1 ? ` ${text.more(described.length - 1)}` : ''
  const subject = toOneLine(`${described[0]?.title}${others}`)
  const place = places[holder.caller](holderName ?? '')
  const app = getSignInApp(holder)
  const parts = await renderSchoolEmail({
    subject,
    heading: toOneLine(text.heading(place)),
    testNotice: '',
    paragraphs: [
      ...described.slice(0, maxShown).map(({ title, detail }) => toOneLine(`${title}. ${detail}`)),
      ...(leftCount > 0 ? [text.left(leftCount)] : []),
    ],
    links:
      publicUrl === undefined ? [] : [{ label: text.open[holder.caller], url: `${publicUrl}/${app}#/notifications` }],
    closing: [text.settings],
    sections: [],
  })
  return {
    to,
    subject,
    ...parts,
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'OOF, AutoReply' },
    tags: { deliveryId: emailId },
  }
}
