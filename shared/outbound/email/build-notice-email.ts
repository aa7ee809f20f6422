import type { SchoolEvent } from '#shared/domain/delivery/school-event.ts'
import { toOneLine } from '../../format/to-one-line.ts'
import { buildHeaders } from './build-headers.ts'
import type { EmailMessage } from './mail.ts'
import { renderSchoolEmail } from './render-school-email.ts'
import { erasureEmailText, formatTime, testSubjectPrefix, withdrawalEmailText } from './school-email-text.ts'

type NoticeEvent = Exclude<SchoolEvent, { type: 'lead.created' }>

/** The email that asks a school to delete a lead or to stop contacting its person. It names the lead by its IDs and contains no personal data. */
export async function buildNoticeEmail(
  event: NoticeEvent,
  { to, deliveryId }: { to: EmailMessage['to']; deliveryId: string },
): Promise<EmailMessage> {
  const { data } = event
  const { text, request, rows } = describeNotice(event)
  const subject = toOneLine(`${data.test ? testSubjectPrefix : ''}${text.subject(data.deliveryId)}`)
  const { heading, ...labels } = text.lead
  const parts = await renderSchoolEmail({
    subject,
    heading: toOneLine(text.heading(data.school.name)),
    testNotice: data.test ? text.test : '',
    paragraphs: [request],
    sections: [
      {
        heading,
        rows: [
          { label: labels.deliveryId, value: toOneLine(data.deliveryId) },
          { label: labels.leadId, value: toOneLine(data.leadId) },
          ...(data.reference === undefined ? [] : [{ label: labels.reference, value: toOneLine(data.reference) }]),
          ...rows,
        ],
      },
    ],
  })
  return {
    to,
    subject,
    ...parts,
    headers: buildHeaders({ deliveryId, leadId: data.leadId }),
    tags: { deliveryId: toOneLine(deliveryId) },
  }
}

function describeNotice(event: NoticeEvent) {
  if (event.type === 'lead.erased') {
    const { lead, request } = erasureEmailText
    const rows = [{ label: lead.requestedAt, value: toOneLine(formatTime(event.timestamp)) }]
    return { text: erasureEmailText, request, rows }
  }
  const { lead, request } = withdrawalEmailText
  const rows = [
    { label: lead.withdrawnAt, value: toOneLine(formatTime(event.data.withdrawnAt)) },
    { label: lead.honorBy, value: toOneLine(formatTime(event.data.honorBy)) },
  ]
  return { text: withdrawalEmailText, request: request[event.data.scope], rows }
}
