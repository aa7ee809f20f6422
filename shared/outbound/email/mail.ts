import { type SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2'

export type Message = {
  to: string
  replyTo?: string
  subject: string
  html: string
  text: string
  headers: { [name: string]: string }
  /** What SES tells again of the message when it comes back. */
  tags: { deliveryId: string }
}

export type Mail = (message: Message) => Promise<{ messageId: string }>

type Setup = { client: SESv2Client; from: string; configurationSet?: string }

/** Sends through Amazon SES. @throws what SES throws, and where it took the message without giving it an id. */
export function sesMail({ client, from, configurationSet }: Setup): Mail {
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
            Subject: inUtf8(subject),
            Body: { Html: inUtf8(html), Text: inUtf8(text) },
            Headers: Object.entries(headers).map(([Name, Value]) => ({ Name, Value })),
          },
        },
      }),
    )
    if (MessageId === undefined) throw new Error('SES gave the message no id')
    return { messageId: MessageId }
  }
}

function inUtf8(Data: string) {
  return { Data, Charset: 'UTF-8' }
}
