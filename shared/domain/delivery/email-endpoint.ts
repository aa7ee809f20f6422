import * as z from 'zod'
import { mailbox } from '../fields/person-fields.ts'
import { singleLine } from '../vocabulary.ts'

/** More people than that read a mailbox of the school's own. */
const maxRecipients = 10

const recipientSentence = `must be an email address, such as name@example.com, or a list of up to ${maxRecipients} different ones`

const recipients = z
  .array(mailbox)
  .min(1)
  .max(maxRecipients)
  .refine((list) => new Set(list.map((one) => one.toLowerCase())).size === list.length, 'must not repeat an address')

export const emailRecipients = z.union([mailbox, recipients], recipientSentence)

/** A file with the lead. `csv`: a header and one row; `adf`: ADF/XML 1.0. */
export const leadAttachment = z.enum(['csv', 'adf'])

/** Leads that are sent by email: one message per lead, to all recipients. */
export const emailEndpoint = z.strictObject({
  kind: z.literal('email'),
  to: emailRecipients.meta({
    description: `One mailbox, or up to ${maxRecipients}. A lead is one message to all of them; it is delivered if one of them takes it.`,
  }),
  subject: singleLine(200).optional().meta({
    description:
      'A Liquid template with the fields of `lead.created`, such as `{{ contact.lastName }}`. A test lead is marked in any case.',
  }),
  text: z.string().trim().min(1).max(2000).optional().meta({
    description:
      'A Liquid template that replaces the content of the email; each line is a paragraph. Mark of a test, attachment and delivery ID stay.',
  }),
  attachment: leadAttachment.optional().meta({ description: 'Adds the lead as a file: CSV, or ADF/XML.' }),
})
export type EmailEndpoint = z.output<typeof emailEndpoint>

/** The mailboxes of an endpoint or a message, whether it has one or several. */
export function listRecipients({ to }: { to: string | readonly string[] }): readonly string[] {
  return typeof to === 'string' ? [to] : to
}

/**
 * One of several recipients of an email. `refused`: the mail server did not take the email for it. `bounced`: it came
 * back later.
 */
export const emailRecipient = z
  .strictObject({
    to: z.string(),
    state: z.enum(['sent', 'refused', 'bounced']),
    reason: z.string().optional().meta({ description: 'What the mail server answered, in codes.' }),
  })
  .meta({ id: 'EmailRecipient' })
export type EmailRecipient = z.output<typeof emailRecipient>
