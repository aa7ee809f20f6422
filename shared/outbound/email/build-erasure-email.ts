import type { LeadErased } from '#shared/domain/aftercare/lead-erased.ts'
import { toOneLine } from '../../format/to-one-line.ts'
import type { EmailMessage } from './mail.ts'
import { renderSchoolEmail } from './render-school-email.ts'
import { formatTime, testSubjectPrefix, erasureEmailText as text } from './school-email-text.ts'

/** The email that asks a school to delete a lead. It names the lead by its IDs and contains no personal data. */
export async function buildErasureEmail(
  { timestamp, data }: LeadErased,
  { to, deliveryId }: { to: string; deliveryId: string },
): Promise<EmailMessage> {
  const subject = toOneLine(`${data.test ? testSubjectPrefix : ''}${text.subject(data.deliveryId)}`)
  const { heading, ...labels } = text.lead
  const parts = await renderSchoolEmail({
    subject,
    heading: toOneLine(text.heading(data.school.name)),
    testNotice: data.test ? text.test : '',
    paragraphs: [text.request],
    sections: [
      {
        heading,
        rows: [
          { label: labels.deliveryId, value: toOneLine(data.deliveryId) },
          { label: labels.leadId, value: toOneLine(data.leadId) },
          ...(data.reference === undefined ? [] : [{ label: labels.reference, value: toOneLine(data.reference) }]),
          { label: labels.requestedAt, value: toOneLine(formatTime(timestamp)) },
        ],
      },
    ],
  })
  return {
    to,
    subject,
    ...parts,
    headers: { 'X-Prospectus-Delivery-Id': toOneLine(deliveryId), 'X-Prospectus-Lead-Id': toOneLine(data.leadId) },
    tags: { deliveryId: toOneLine(deliveryId) },
  }
}
