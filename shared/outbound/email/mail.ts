import { type SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2'

export type EmailMessage = {
  to: string
  replyTo?: string
  subject: string
  html: string
  text: string
  headers: { [name: string]: string }
  /** SES repeats these tags in the event of a bounce. */
  tags: { deliveryId: string }
}

export type SendMail = (message: EmailMessage) => Promise<{ messageId: string }>

type SesMailOptions = { client: SESv2Client; from: string; configurationSet?: string }

/** Sends through Amazon SES. @throws the error of SES, or an error if SES returns no message ID. */
export function createSesMail({ client, from, configurationSet }: SesMailOptions): SendMail {
  return async ({ to, replyTo, subject, html, text, headers, tags }) => {
    const { MessageId } = await client.send(
      new SendEmailCommand({
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
      }),
    )
    if (MessageId === undefined) throw new Error('SES returned no message ID.')
    return { messageId: MessageId }
  }
}

function toUtf8Content(Data: string) {
  return { Data, Charset: 'UTF-8' }
}
