import type { EmailEndpoint } from '#shared/domain/delivery/email-endpoint.ts'
import type { LeadCreated } from '#shared/domain/delivery/lead-created.ts'
import { formatCode } from '../../domain/fields/format-code.ts'
import { formatLocalSpan } from '../../domain/routing/calling/format-local-span.ts'
import { toOneLine } from '../../format/to-one-line.ts'
import { buildHeaders } from './build-headers.ts'
import { buildLeadAttachment } from './build-lead-attachment.ts'
import type { EmailMessage } from './mail.ts'
import { renderOwnText } from './render-own-text.ts'
import { renderSchoolEmail } from './render-school-email.ts'
import {
  educationText,
  formatCallsAllowed,
  formatPhone,
  formatPrice,
  formatProgramType,
  formatTime,
  formatWishes,
  modalityText,
  startText,
  testSubjectPrefix,
  leadEmailText as text,
} from './school-email-text.ts'

const maxSubjectLength = 200

/**
 * The email for one lead of a school without a webhook, in HTML and plain text: a letter, or the school's own template. A
 * reply goes to the visitor, unless a header cannot carry the visitor's address safely. @throws if a template cannot be rendered.
 */
export async function buildLeadEmail(
  event: LeadCreated,
  { to, subject: ownSubject, text: ownText, attachment, publicUrl }: LeadEmailOptions,
): Promise<EmailMessage> {
  const { deliveryId, leadId, program, contact, test } = event.data
  const person = `${contact.firstName} ${contact.lastName}`
  const subjectLines = ownSubject === undefined ? [] : await renderOwnText(ownSubject, event)
  // A template of optional fields may be empty for a lead.
  const ownOrUsual = subjectLines.join(' ') || text.subject(person, program.name)
  const subject = toOneLine(`${test ? testSubjectPrefix : ''}${ownOrUsual}`).slice(0, maxSubjectLength)
  const replyTo = toReplyAddress(contact.email)
  const content: EmailContent =
    ownText === undefined
      ? buildLetter(event, { replyTo, publicUrl })
      : { heading: subject, paragraphs: await renderOwnText(ownText, event), sections: [] }
  const parts = await renderSchoolEmail({
    ...content,
    subject,
    testNotice: test ? text.test : '',
    footer: toOneLine(text.repeat(deliveryId)),
  })
  return {
    to,
    ...(replyTo !== undefined && { replyTo }),
    subject,
    ...parts,
    headers: buildHeaders({ deliveryId, leadId }),
    ...(attachment && { attachments: [await buildLeadAttachment(event, attachment)] }),
    tags: { deliveryId: toOneLine(deliveryId) },
  }
}

export type LeadEmailOptions = Pick<EmailEndpoint, 'to'> &
  Partial<Pick<EmailEndpoint, 'subject' | 'text' | 'attachment'>> & { publicUrl?: string | undefined }

type EmailContent = Omit<Parameters<typeof renderSchoolEmail>[0], 'subject' | 'testNotice' | 'footer'>

/** What the email says if the school has no template of its own. */
function buildLetter(
  { timestamp, data }: LeadCreated,
  { replyTo, publicUrl }: { replyTo: string | undefined; publicUrl: string | undefined },
): EmailContent {
  const { deliveryId, leadId, school, program, contact, education, startWindow, answers, consent, source } = data
  const { modality, priceCents } = data
  const person = `${contact.firstName} ${contact.lastName}`
  return {
    heading: toOneLine(text.heading(person, program.name)),
    paragraphs: [
      text.intro(
        person,
        school.name,
        `${program.name} (${formatProgramType(program)})`,
        formatTime(timestamp, data.timeZone),
      ),
      text.wishes(contact.firstName, formatWishes({ startWindow, ...education, modality })),
      [
        text.call(contact.firstName, formatPhone(contact.phone), formatCalls(data)),
        ...(replyTo === undefined ? [] : [text.reply(contact.firstName)]),
      ].join(' '),
    ].map(toOneLine),
    links:
      publicUrl === undefined ? [] : [{ label: text.open, url: `${publicUrl}/portal#/leads/${toOneLine(deliveryId)}` }],
    sections: [
      buildSection(text.contact.heading, [
        [text.contact.name, person],
        [text.contact.email, contact.email],
        [text.contact.phone, formatPhone(contact.phone)],
        [text.contact.zip, `${contact.zip} (${contact.state})`],
        [text.contact.calls, formatCalls(data)],
      ]),
      buildSection(text.request.heading, [
        [text.request.program, program.name],
        [text.request.type, formatProgramType(program)],
        [text.request.education, educationText[education.highestLevel]],
        [text.request.start, startWindow && startText[startWindow]],
        [text.request.modality, modality && modalityText[modality]],
        [text.request.age, data.age],
        [text.request.military, data.military],
        [text.request.gpa, data.gpa],
        [text.request.received, formatTime(timestamp)],
        [text.request.source, source.name],
        [text.request.optOut, data.globalPrivacyControl && text.request.optedOut],
      ]),
      buildSection(text.answers.heading, Object.entries(answers).map(formatAnswer)),
      buildSection(text.origin.heading, listOrigin(data)),
    ],
    quote: { heading: text.agreement.heading, lines: consent.text.split('\n').map(toOneLine) },
    closingSections: [
      buildSection(text.consent.heading, [
        [text.consent.given, formatTime(consent.grantedAt)],
        [text.consent.version, consent.version],
        [text.consent.sha256, consent.sha256],
        [text.consent.certificate, consent.certificateUrl],
        [text.consent.claimedBy, consent.claimedBy && text.consent.claimedByPublisher],
        [text.consent.ip, consent.ip],
        [text.consent.userAgent, consent.userAgent],
      ]),
      buildSection(text.records.heading, [
        [text.records.deliveryId, deliveryId],
        [text.records.leadId, leadId],
        [text.records.campaignId, data.campaignId],
        [text.records.price, priceCents === undefined ? undefined : formatPrice(priceCents)],
      ]),
    ],
  }
}

type AnswerValue = LeadCreated['data']['answers'][string]

type Entry = readonly [label: string, value: AnswerValue | undefined]

function listOrigin({ careerSlug, page, subIds = {}, utm = {} }: LeadCreated['data']): Entry[] {
  return [
    [text.origin.career, careerSlug && formatCode(careerSlug)],
    [text.origin.page, page?.url],
    [text.origin.referrer, page?.referrer],
    ...Object.entries(subIds).map(([name, value]): Entry => [text.origin.subId(name), value]),
    ...Object.entries(utm).map(([name, value]): Entry => [text.origin.utm(name), value]),
  ]
}

/** The event has the codes of question and answers, not the words that the visitor saw. */
function formatAnswer([id, answer]: [id: string, answer: AnswerValue]): Entry {
  if (Array.isArray(answer)) return [formatCode(id), answer.map(formatCode)]
  return [formatCode(id), typeof answer === 'string' ? formatCode(answer) : answer]
}

function formatCalls({ timeZone, contactWindow }: LeadCreated['data']): string | undefined {
  if (timeZone === undefined || !contactWindow) return undefined
  return formatCallsAllowed(formatLocalSpan(contactWindow, timeZone), contactWindow.rule)
}

/** A section without the entries that have no value. */
function buildSection(heading: string, entries: readonly Entry[]) {
  const rows = entries.flatMap(([label, value]) =>
    value === undefined ? [] : [{ label: toOneLine(label), value: formatValue(value) }],
  )
  return { heading, rows }
}

function formatValue(value: AnswerValue): string {
  if (typeof value === 'boolean') return value ? text.answers.yes : text.answers.no
  return toOneLine(Array.isArray(value) ? value.join(', ') : String(value))
}

/** Undefined for an address that SES refuses (not ASCII) or that a header would read as several. */
function toReplyAddress(email: string): string | undefined {
  const address = toOneLine(email)
  return /^[\w.!#$%&'*+/=?^`{|}~-]+@[A-Za-z0-9.-]+$/.test(address) ? address : undefined
}
