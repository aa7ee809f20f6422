import { type SESv2Client, SESv2ServiceException, SendEmailCommand } from '@aws-sdk/client-sesv2'
import { listRecipients } from '#shared/domain/delivery/email-endpoint.ts'

/** A file of an email, as text. */
export type EmailAttachment = { filename: string; contentType: string; content: string }

export type EmailMessage = {
  /** One message goes to all of them. */
  to: string | readonly string[]
  replyTo?: string
  subject: string
  html: string
  text: string
  headers: { [name: string]: string }
  attachments?: readonly EmailAttachment[]
  /** SES repeats these tags in the event of a bounce. An email that delivers nothing has an ID of its own here. */
  tags: { deliveryId: string }
}

/** Why an email was not sent, or may not have been. The reason consists of codes: it holds no address. */
export type MailFault = {
  /**
   * Who must act. `mailbox-unknown`: the mailbox does not exist. `mailbox-refused`: the mailbox does not take this message
   * now; it may be full. `ours`: anything else, such as the login, the sender or the connection.
   */
  cause: 'mailbox-unknown' | 'mailbox-refused' | 'ours'
  reason: string
  /** The whole message was sent, and its receipt was not confirmed. */
  mayHaveArrived: boolean
}

/** One of several recipients for whom the mail server did not take an email. */
export type RefusedRecipient = { to: string; cause: MailFault['cause']; reason: string }
/** `refused`: of several recipients, those that it was not taken for; at least one of the others has it, unless there is a fault. */
export type MailResult = ({ messageId: string } | { fault: MailFault }) & { refused?: readonly RefusedRecipient[] }

/** Settles within a deadline that is shorter than the lease of a delivery. */
export type SendMail = (message: EmailMessage) => Promise<MailResult>

type SesMailOptions = { client: SESv2Client; from: string; configurationSet?: string; deadlineMs: number }

/** Sends through Amazon SES. */
export function createSesMail({ client, from, configurationSet, deadlineMs }: SesMailOptions): SendMail {
  return async ({ to, replyTo, subject, html, text, headers, attachments = [], tags }) => {
    const command = new SendEmailCommand({
      FromEmailAddress: from,
      Destination: { ToAddresses: [...listRecipients({ to })] },
      ...(replyTo !== undefined && { ReplyToAddresses: [replyTo] }),
      ...(configurationSet !== undefined && { ConfigurationSetName: configurationSet }),
      EmailTags: Object.entries(tags).map(([Name, Value]) => ({ Name, Value })),
      Content: {
        Simple: {
          Subject: toUtf8Content(subject),
          Body: { Html: toUtf8Content(html), Text: toUtf8Content(text) },
          Headers: Object.entries(headers).map(([Name, Value]) => ({ Name, Value })),
          ...(attachments.length > 0 && { Attachments: attachments.map(toSesAttachment) }),
        },
      },
    })
    try {
      const { MessageId = '' } = await client.send(command, { abortSignal: AbortSignal.timeout(deadlineMs) })
      return { messageId: MessageId }
    } catch (error) {
      return { fault: classifySesError(error) }
    }
  }
}

function toSesAttachment({ filename, contentType, content }: EmailAttachment) {
  const RawContent = new TextEncoder().encode(content)
  return { FileName: filename, ContentType: contentType, RawContent }
}

function toUtf8Content(Data: string) {
  return { Data, Charset: 'UTF-8' }
}

// SES rejects these messages because of their recipient or content.
const schoolErrorNames = ['MessageRejected', 'BadRequestException']
/** SES says `MessageRejected` also of a sender that is not verified. */
const ownIdentityText = /not verified/i

/** Only the name of the error is stored, because its message may quote addresses. */
function classifySesError(error: unknown): MailFault {
  const reason = error instanceof Error ? error.name : 'unknown'
  // Without an answer of SES it cannot be told whether SES has the message.
  if (!(error instanceof SESv2ServiceException)) return { cause: 'ours', reason, mayHaveArrived: true }
  const isSchools = schoolErrorNames.includes(reason) && !ownIdentityText.test(error.message)
  return { cause: isSchools ? 'mailbox-refused' : 'ours', reason, mayHaveArrived: false }
}
