import type { LeadCreated } from '#shared/domain/delivery/lead-created.ts'
import { toOneLine } from '../../format/to-one-line.ts'
import { htmlTemplate, textTemplate } from './lead-email-templates.ts'
import type { EmailMessage } from './mail.ts'
import { renderEmail } from './render-email.ts'

const maxSubjectLength = 200

/**
 * What a school without a webhook gets for one lead, in HTML and in plain text. A reply goes to the visitor, unless
 * the address is one that a header cannot carry safely. The subject names nobody: it shows on lock screens and in logs.
 */
export async function buildLeadEmail(event: LeadCreated, { to }: { to: string }): Promise<EmailMessage> {
  const { deliveryId, leadId, program, contact, test } = event.data
  const subject = toOneLine(`${test ? '[Test] ' : ''}New enquiry: ${program.name} (${deliveryId})`).slice(
    0,
    maxSubjectLength,
  )
  const replyTo = toReplyAddress(contact.email)
  const view = { ...buildEmailView(event), subject, canReply: replyTo !== undefined }
  const parts = await renderEmail({ html: htmlTemplate, text: textTemplate }, view)
  return {
    to,
    ...(replyTo !== undefined && { replyTo }),
    subject,
    ...parts,
    headers: { 'X-Prospectus-Delivery-Id': toOneLine(deliveryId), 'X-Prospectus-Lead-Id': toOneLine(leadId) },
    tags: { deliveryId: toOneLine(deliveryId) },
  }
}

function buildEmailView({ timestamp, data }: LeadCreated) {
  const { school, program, contact, education, startWindow, answers, consent, source } = data
  return {
    isTest: data.test,
    school: toOneLine(school.name),
    deliveryId: toOneLine(data.deliveryId),
    sections: [
      buildSection('Person', {
        Name: `${contact.firstName} ${contact.lastName}`,
        'E-mail': contact.email,
        Phone: contact.phone,
        ZIP: `${contact.zip} (${contact.state})`,
      }),
      buildSection('Enquiry', {
        Program: `${program.name} (${program.level}, ${program.modality})`,
        'Highest education': education.highestLevel,
        ...(startWindow !== undefined && { 'Wants to start': startWindow }),
        Received: timestamp,
        Source: source.name,
      }),
      buildSection('Answers', answers),
      buildSection('Consent', {
        Given: consent.grantedAt,
        'Version of the text': consent.version,
        'SHA-256 of the text': consent.sha256,
        ...(consent.certificateUrl !== undefined && { Certificate: consent.certificateUrl }),
      }),
      buildSection('For your records', { 'Delivery id': data.deliveryId, 'Lead id': data.leadId }),
    ].filter(({ rows }) => rows.length > 0),
    consentLines: consent.text.split('\n').map(toOneLine),
  }
}

type AnswerValue = LeadCreated['data']['answers'][string]

function buildSection(heading: string, values: { [label: string]: AnswerValue }) {
  const rows = Object.entries(values).map(([label, value]) => ({ label: toOneLine(label), value: formatValue(value) }))
  return { heading, rows }
}

function formatValue(value: AnswerValue): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return toOneLine(Array.isArray(value) ? value.join(', ') : String(value))
}

/** SES takes addresses in ASCII only, and a comma would make two of one. */
function toReplyAddress(email: string): string | undefined {
  const address = toOneLine(email)
  return /^[\w.!#$%&'*+/=?^`{|}~-]+@[A-Za-z0-9.-]+$/.test(address) ? address : undefined
}
