import { traceLogFields } from '#shared/domain/capture/traceparent.ts'
import type { BouncedEmail } from '#shared/domain/delivery/bounced-email.ts'
import { disabledEndpointRecheckSeconds } from '#shared/domain/delivery/retry-schedule.ts'
import { addSeconds } from '#shared/domain/time.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'

type HandleBounceDependencies = Pick<Dependencies, 'deliveries' | 'endpointHealth' | 'now' | 'log' | 'measure'>

/**
 * An e-mail came back: its delivery was none, and goes on. A mailbox that will take nothing, or that complained, is
 * left alone until somebody saves its campaign. Told twice, it is done once.
 */
export async function handleBounce(
  { deliveryId, messageId, to, why, lasting }: BouncedEmail,
  deps: HandleBounceDependencies,
): Promise<void> {
  const log = await deps.deliveries.log(deliveryId)
  const attempt = log?.attemptLog.find((candidate) => candidate.messageId === messageId)
  // It came back sooner than its attempt was written, or while another is under way, which knows nothing of that.
  if (log?.state === 'leased') throw new Error('An attempt is under way. The message is told again.')
  if (!log || !attempt) return deps.log('bounce.unmatched', { deliveryId })
  const { schoolId, campaignId } = log
  const at = deps.now().toISOString()
  if (lasting) await deps.endpointHealth.disable(schoolId, { campaignId, kind: 'email', address: to, why, at })
  // Who complains has had it.
  if (why === 'bounced' && attempt.bouncedAt === undefined && log.state !== 'erased')
    await deps.deliveries.recordBounce(log, attempt.number, {
      at,
      dueAt: addSeconds(at, disabledEndpointRecheckSeconds),
    })
  deps.log('school.alert', { why: `mail-${why}`, schoolId, campaignId, deliveryId, ...traceLogFields(log.traceparent) })
  deps.measure('SchoolAlerts', 1)
}
