import MailComposer from 'nodemailer/lib/mail-composer'
import SMTPTransport from 'nodemailer/lib/smtp-transport'
import { listRecipients } from '#shared/domain/delivery/email-endpoint.ts'
import { normalizeMailbox } from '#shared/domain/fields/email.ts'
import { classifySmtpFailure } from '#shared/outbound/email/classify-smtp-failure.ts'
import type { MailFault, MailResult, SendMail } from '#shared/outbound/email/mail.ts'
import type { ResolveHost } from '#shared/outbound/webhook/create-host-resolver.ts'
import { runSmtpSession, type SmtpResult, type SmtpSessionOptions } from './run-smtp-session.ts'

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
    async mail({ to: recipients, replyTo, subject, html, text, headers, attachments = [], tags }) {
      const to = [...listRecipients({ to: recipients })]
      const messageId = `<${tags.deliveryId}@${getDomain(from)}>`
      const node = new MailComposer({
        ...{ from, to, replyTo, subject, html, text, headers, messageId },
        ...(attachments.length > 0 && { attachments: [...attachments] }),
      }).compile()
      const envelope = node.getEnvelope()
      const result = await runSmtpSession({ ...sessionOptions, message: { envelope, content: await node.build() } })
      return toMailResult(result, { messageId, isToSeveral: to.length > 1 })
    },

    async verify() {
      const { failure } = await runSmtpSession(sessionOptions)
      return failure && classifySmtpFailure(failure)
    },
  }
}

/** If all of several recipients are refused, a mailbox that may take it later decides: then it is sent again. */
function toMailResult(
  { failure, rejected }: SmtpResult,
  { messageId, isToSeveral }: { messageId: string; isToSeveral: boolean },
): MailResult {
  const refused = rejected.map(({ to, failure: own }) => ({ to, ...classifySmtpFailure(own) }))
  const detail = isToSeveral && refused.length > 0 ? { refused: refused.map(toRefusedRecipient) } : {}
  if (!failure) return { messageId, ...detail }
  const isByRecipients = isToSeveral && failure.command === 'RCPT TO' && refused.length > 0
  const deciding = isByRecipients ? (findCause(refused, 'ours') ?? findCause(refused, 'mailbox-refused')) : undefined
  const fault = deciding ?? classifySmtpFailure(failure)
  const { cause, reason, mayHaveArrived } = fault
  return { fault: { cause, reason, mayHaveArrived }, ...detail }
}

function findCause<Fault extends MailFault>(faults: readonly Fault[], cause: MailFault['cause']): Fault | undefined {
  return faults.find((fault) => fault.cause === cause)
}

function toRefusedRecipient({ to, cause, reason }: MailFault & { to: string }) {
  return { to, cause, reason }
}

/** Of an address with or without a name: `Leads <leads@school.example>`. */
function getDomain(address: string): string {
  return normalizeMailbox(address)?.split('@').at(-1) ?? 'localhost'
}
