import { describeMailFault } from '#shared/outbound/email/describe-mail-fault.ts'
import type { MailFault } from '#shared/outbound/email/mail.ts'
import type { Dependencies, FindMailFault } from '#shared/platform/dependencies.ts'
import type { SmtpMail } from './create-smtp-mail.ts'

/** Remembers whether the mail server takes our email, and logs when that changes. */
export function watchMail(
  smtp: SmtpMail,
  { now, log }: Pick<Dependencies, 'now' | 'log'>,
): SmtpMail & { findMailFault: FindMailFault } {
  let currentFault: ReturnType<FindMailFault>

  function recordResult(fault: MailFault | undefined) {
    // A server that refuses one mailbox takes email.
    const reason = fault?.cause === 'ours' ? fault.reason : undefined
    if (reason === currentFault?.reason) return
    if (reason === undefined) log('mail.recovered', {})
    else log('mail.failed', { reason, mend: describeMailFault(reason) })
    currentFault = reason === undefined ? undefined : { reason, since: currentFault?.since ?? now().toISOString() }
  }

  return {
    async mail(message) {
      const result = await smtp.mail(message)
      recordResult('fault' in result ? result.fault : undefined)
      return result
    },
    async verify() {
      const fault = await smtp.verify()
      recordResult(fault)
      return fault
    },
    findMailFault: () => currentFault,
  }
}
