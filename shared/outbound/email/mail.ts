import { type SESv2Client, SESv2ServiceException, SendEmailCommand } from '@aws-sdk/client-sesv2'

export type EmailMessage = {
  to: string
  replyTo?: string
  subject: string
  html: string
  text: string
  headers: { [name: string]: string }
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

/** Settles within a deadline that is shorter than the lease of a delivery. */
export type SendMail = (message: EmailMessage) => Promise<{ messageId: string } | { fault: MailFault }>

type SesMailOptions = { client: SESv2Client; from: string; configurationSet?: string; deadlineMs: number }

/** Sends through Amazon SES. */
export function createSesMail({ client, from, configurationSet, deadlineMs }: SesMailOptions): SendMail {
  return async ({ to, replyTo, subject, html, text, headers, tags }) => {
    const command = new SendEmailCommand({
      FromEmailAddress: from,
      Destination: { ToAddresses: [to] },
      ...(replyTo !== undefined && { ReplyToAddresses: [replyTo] }),
      ...(configurationSet !== undefined && { ConfigurationSetName: configurationSet }),
      EmailTags: Object.entries(tags).map(([Name, Value]) => ({ Name, Value })),
      Content: {
        Simple: {
          Subject: toUtf8Content(subject),
          Body: { Html: toUtf8Content(html), Text: toUtf8Content(text) },
          Headers: Object.entries(headers).map(([Name, Value]) => ({ Name, Value })),
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
