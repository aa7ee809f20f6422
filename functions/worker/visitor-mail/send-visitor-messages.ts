import { computeNextMessageAttempt } from '#shared/domain/aftercare/visitor-message.ts'
import { addSeconds } from '#shared/domain/time.ts'
import { buildVisitorEmail } from '#shared/outbound/email/build-visitor-email.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { getTimeBudgetSeconds } from '#shared/platform/workers.ts'
import type { LeasedMessage } from '#shared/store/aftercare/visitor-messages.ts'

export type SendVisitorMessagesDependencies = Pick<
  Dependencies,
  | 'visitorMessages'
  | 'leads'
  | 'suppressions'
  | 'digests'
  | 'mail'
  | 'publicUrl'
  | 'newId'
  | 'now'
  | 'log'
  | 'attemptTimes'
>

const maxPerRun = 100

/**
 * Sends the emails to visitors that are due. The lease decides who sends one, and the row records the result. A message that
 * may have arrived is not sent again, because a visitor needs one copy and no more.
 */
export async function sendVisitorMessages(deps: SendVisitorMessagesDependencies): Promise<void> {
  const { visitorMessages, publicUrl, now, newId, log, attemptTimes } = deps
  if (publicUrl === undefined) return
  const startedAt = now().toISOString()
  const deadline = addSeconds(startedAt, getTimeBudgetSeconds('visitor-mail'))
  for (const message of await visitorMessages.listDue(startedAt, maxPerRun)) {
    const at = now().toISOString()
    if (at >= deadline) return
    const until = addSeconds(at, attemptTimes.leaseSeconds)
    const lease = await visitorMessages.lease(message, { token: newId('attempt'), until })
    if (!lease) continue
    const outcome = await sendMessage(lease, publicUrl, deps)
    const dueAt = outcome === 'failed' ? computeNextMessageAttempt(lease.attempts, at) : undefined
    await visitorMessages.settle(lease, dueAt)
    const { leadId, kind, attempts } = lease
    log('visitor.informed', { leadId, kind, attempts, outcome: outcome === 'failed' && !dueAt ? 'dropped' : outcome })
  }
}

async function sendMessage(
  { leadId, kind }: LeasedMessage,
  publicUrl: string,
  { leads, suppressions, digests, mail }: SendVisitorMessagesDependencies,
): Promise<'sent' | 'skipped' | 'failed'> {
  const [stored, consent] = await Promise.all([leads.find(leadId), leads.findConsent(leadId)])
  if (!stored || !consent) return 'skipped'
  const { lead } = stored
  const { email, phone } = lead.contact
  // A bot may have entered the address of anyone, and some people must not be written to at all.
  const isHeld = lead.quarantine !== undefined && lead.quarantine !== 'released'
  const active = await suppressions.listActive(digests.listStoredDigests({ email, phone }))
  if (isHeld || lead.withdrawnAt !== undefined || active.some(({ basis }) => basis === 'do-not-contact'))
    return 'skipped'
  const withdrawalUrl = `${publicUrl}/v1/withdrawals/${leadId}.${digests.signLink(leadId)}`
  const schools = consent.schoolIds.map((id) => consent.disclosure.legalNames?.[id] ?? id)
  try {
    const result = await mail(await buildVisitorEmail({ to: email, leadId, kind, withdrawalUrl, schools }))
    return 'fault' in result && !result.fault.mayHaveArrived ? 'failed' : 'sent'
  } catch {
    // Nothing of the error is logged, because its message may quote the address.
    return 'failed'
  }
}
