import type { AttemptResult } from '../../domain/delivery/classify-attempt.ts'
import type { EmailRecipient } from '../../domain/delivery/email-endpoint.ts'
import type { MailFault, MailResult, RefusedRecipient } from '../../outbound/email/mail.ts'

type MailAttemptKind = Extract<AttemptResult['kind'], 'email' | 'email-file'>

/** Returns what an email means for the delivery that it carries, by what the mail server said of each of its recipients. */
export function toMailAttempt(kind: MailAttemptKind, to: readonly string[], result: MailResult): AttemptResult {
  const recipientResults = describeRecipients(to, result)
  return 'fault' in result
    ? { ...toFaultResult(kind, result.fault), ...recipientResults }
    : { kind, stage: 'sent', messageId: result.messageId, ...recipientResults }
}

/** A message that may have arrived counts, also if the fault is ours: otherwise copies of it would be sent for days. */
function toFaultResult(kind: MailAttemptKind, { cause, reason, mayHaveArrived }: MailFault): AttemptResult {
  if (mayHaveArrived) return { kind, stage: 'deadline', reason }
  return {
    kind,
    stage: 'answered',
    reason,
    ...(cause === 'ours' && { isOurFault: true }),
    ...(cause === 'mailbox-unknown' && { isEndpointGone: true }),
  }
}

/** What became of the email for each of several recipients. Nothing is said of an email that no server has judged. */
function describeRecipients(
  to: readonly string[],
  result: MailResult,
): Pick<AttemptResult, 'recipients' | 'lostRecipients' | 'unknownMailboxes'> {
  const { refused = [] } = result
  if (to.length < 2) return {}
  const unknownMailboxes = refused.filter(isUnknown).map((one) => one.to)
  const unknown = unknownMailboxes.length > 0 ? { unknownMailboxes } : {}
  if ('fault' in result && refused.length < to.length) return unknown
  const recipients = to.map((address): EmailRecipient => {
    const refusal = refused.find((one) => one.to === address)
    return refusal ? { to: address, state: 'refused', reason: refusal.reason } : { to: address, state: 'sent' }
  })
  return { recipients, ...(refused.length > 0 && { lostRecipients: refused.length }), ...unknown }
}

function isUnknown({ cause }: RefusedRecipient): boolean {
  return cause === 'mailbox-unknown'
}
