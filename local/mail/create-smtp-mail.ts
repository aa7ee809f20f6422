import MailComposer from 'nodemailer/lib/mail-composer'
import SMTPTransport from 'nodemailer/lib/smtp-transport'
import { normalizeMailbox } from '#shared/domain/fields/email.ts'
import { classifySmtpFailure } from '#shared/outbound/email/classify-smtp-failure.ts'
import type { MailFault, SendMail } from '#shared/outbound/email/mail.ts'
import type { ResolveHost } from '#shared/outbound/webhook/create-host-resolver.ts'
import { runSmtpSession, type SmtpSessionOptions } from './run-smtp-session.ts'

export type SmtpMailSettings = {
  /** In nodemailer's form: `smtps://user:password@mail.example`. */
  url: string
  from: string
  resolve: ResolveHost
  /** For one email in total; it must be shorter than the lease of a delivery. */
  deadlineMs: number
  /** Ends every email that is being sent. */
  signal?: AbortSignal
}
export type SmtpMail = {
  mail: SendMail
  /** Connects and logs in. Returns why no email can be sent, if so. */
  verify: () => Promise<MailFault | undefined>
}

/**
 * Sends email by SMTP, each in a connection of its own. The Message-ID is made from the delivery, so that a mailbox shows
 * an email that is sent again once.
 */
export function createSmtpMail({ url, from, resolve, deadlineMs, signal }: SmtpMailSettings): SmtpMail {
  const { options } = new SMTPTransport({ url })
  const sessionOptions: SmtpSessionOptions = { options, resolve, deadlineMs, ...(signal && { signal }) }

  return {
    async mail({ to, replyTo, subject, html, text, headers, tags }) {
      const messageId = `<${tags.deliveryId}@${getDomain(from)}>`
      const node = new MailComposer({ from, to, replyTo, subject, html, text, headers, messageId }).compile()
      const envelope = node.getEnvelope()
      const failure = await runSmtpSession({ ...sessionOptions, message: { envelope, content: await node.build() } })
      return failure ? { fault: classifySmtpFailure(failure) } : { messageId }
    },

    async verify() {
      const failure = await runSmtpSession(sessionOptions)
      return failure && classifySmtpFailure(failure)
    },
  }
}

/** Of an address with or without a name: `Leads <leads@school.example>`. */
function getDomain(address: string): string {
  return normalizeMailbox(address)?.split('@').at(-1) ?? 'localhost'
}
