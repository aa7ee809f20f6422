import type { LeadCreated } from '#shared/domain/delivery/lead-created.ts'
import { oneLine } from '../../format/one-line.ts'
import { htmlTemplate, textTemplate } from './lead-email-templates.ts'
import type { Message } from './mail.ts'
import { renderEmail } from './render-email.ts'

const longestSubject = 200

/**
 * What a school without a webhook gets for one lead, in HTML and in plain text. A reply goes to the visitor, unless
 * the address is one that a header cannot carry safely. The subject names nobody: it shows on lock screens and in logs.
 */
export async function leadEmail(event: LeadCreated, { to }: { to: string }): Promise<Message> {
  const { deliveryId, leadId, program, contact, test } = event.data
  const subject = oneLine(`${test ? '[Test] ' : ''}New enquiry: ${program.name} (${deliveryId})`).slice(
    0,
    longestSubject,
  )
  const replyTo = oneAddress(contact.email)
  const view = { ...viewOf(event), subject, canReply: replyTo !== undefined }
  const parts = await renderEmail({ html: htmlTemplate, text: textTemplate }, view)
  return {
    to,
    ...(replyTo !== undefined && { replyTo }),
    subject,
    ...parts,
    headers: { 'X-Prospectus-Delivery-Id': oneLine(deliveryId), 'X-Prospectus-Lead-Id': oneLine(leadId) },
    tags: { deliveryId: oneLine(deliveryId) },
  }
}

function viewOf({ timestamp, data }: LeadCreated) {
  const { school, program, contact, education, startWindow, answers, consent, source } = data
  return {
    isTest: data.test,
    school: oneLine(school.name),
    deliveryId: oneLine(data.deliveryId),
    sections: [
      section('Person', {
        Name: `${contact.firstName} ${contact.lastName}`,
        'E-mail': contact.email,
        Phone: contact.phone,
        ZIP: `${contact.zip} (${contact.state})`,
      }),
      section('Enquiry', {
        Program: `${program.name} (${program.level}, ${program.modality})`,
        'Highest education': education.highestLevel,
        ...(startWindow !== undefined && { 'Wants to start': startWindow }),
        Received: timestamp,
        Source: source.name,
      }),
      section('Answers', answers),
      section('Consent', {
        Given: consent.grantedAt,
        'Version of the text': consent.version,
        'SHA-256 of the text': consent.sha256,
        ...(consent.certificateUrl !== undefined && { Certificate: consent.certificateUrl }),
      }),
      section('For your records', { 'Delivery id': data.deliveryId, 'Lead id': data.leadId }),
    ].filter(({ rows }) => rows.length > 0),
    consentLines: consent.text.split('\n').map(oneLine),
  }
}

type Value = LeadCreated['data']['answers'][string]

function section(heading: string, values: { [label: string]: Value }) {
  const rows = Object.entries(values).map(([label, value]) => ({ label: oneLine(label), value: shown(value) }))
  return { heading, rows }
}

function shown(value: Value): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return oneLine(Array.isArray(value) ? value.join(', ') : String(value))
}

/** SES takes addresses in ASCII only, and a comma would make two of one. */
function oneAddress(email: string): string | undefined {
  const address = oneLine(email)
  return /^[\w.!#$%&'*+/=?^`{|}~-]+@[A-Za-z0-9.-]+$/.test(address) ? address : undefined
}
