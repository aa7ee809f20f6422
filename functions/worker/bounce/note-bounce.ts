import { tracedBy } from '#shared/domain/capture/traceparent.ts'
import { secondsAfter, untilMended } from '#shared/domain/delivery/retry-schedule.ts'
import type { ReturnedMail } from '#shared/domain/delivery/returned-mail.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'

type Needs = Pick<Dependencies, 'deliveries' | 'lines' | 'now' | 'log' | 'measure'>

/**
 * An e-mail came back: its delivery was none, and goes on. A mailbox that will take nothing, or that complained, is
 * left alone until somebody saves its campaign. Told twice, it is done once.
 */
export async function noteBounce(
  { deliveryId, messageId, to, why, lasting }: ReturnedMail,
  needs: Needs,
): Promise<void> {
  const log = await needs.deliveries.log(deliveryId)
  const sent = log?.attemptLog.find((attempt) => attempt.messageId === messageId)
  // It came back sooner than its attempt was written, or while another is under way, which knows nothing of that.
  if (log?.state === 'leased') throw new Error('An attempt is under way. The message is told again.')
  if (!log || !sent) return needs.log('bounce.left', { deliveryId })
  const { schoolId, campaignId } = log
  const at = needs.now().toISOString()
  if (lasting) await needs.lines.close(schoolId, { campaignId, kind: 'email', address: to, why, at })
  // Who complains has had it.
  if (why === 'bounced' && sent.cameBackAt === undefined && log.state !== 'erased')
    await needs.deliveries.comeBack(log, sent.number, { at, dueAt: secondsAfter(at, untilMended) })
  needs.log('school.alert', { why: `mail-${why}`, schoolId, campaignId, deliveryId, ...tracedBy(log.traceparent) })
  needs.measure('SchoolAlerts', 1)
}
