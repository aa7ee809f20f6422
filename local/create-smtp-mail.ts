import { createTransport } from 'nodemailer'
import type { SendMail } from '#shared/outbound/email/mail.ts'

/** Sends email by SMTP. `url` is in nodemailer's form: `smtps://user:password@mail.example`. */
export function createSmtpMail({ url, from }: { url: string; from: string }): SendMail {
  const transport = createTransport(url)
  return async ({ to, replyTo, subject, html, text, headers }) => {
    const result = await transport.sendMail({ from, to, replyTo, subject, html, text, headers })
    if (result.rejected.length > 0)
      throw Object.assign(new Error('The mail server refused the mailbox'), { name: 'MessageRejected' })
    return { messageId: result.messageId }
  }
}
