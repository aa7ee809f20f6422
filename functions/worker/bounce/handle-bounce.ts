import { traceLogFields } from '#shared/domain/capture/traceparent.ts'
import { toSchoolOwner } from '#shared/domain/delivery/binding.ts'
import type { BouncedEmail } from '#shared/domain/delivery/bounced-email.ts'
import { bounceRetryDelays, disabledEndpointRecheckSeconds } from '#shared/domain/delivery/retry-schedule.ts'
import { addSeconds } from '#shared/domain/time.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'

type HandleBounceDependencies = Pick<
  Dependencies,
  'deliveries' | 'files' | 'endpointHealth' | 'now' | 'log' | 'measure'
>

/**
 * Records a bounce: its delivery no longer counts as delivered and is retried, each time after a longer delay. An email to
 * several counts as delivered until the last of them bounced, and is not sent again before. A mailbox that
 * fails permanently or again and again, or that complains, is disabled for the whole school until staff save a campaign that has it. What shows that the email
 * arrived changes nothing. Idempotent. @throws while an attempt at the delivery is under way.
 */
export async function handleBounce(bounce: BouncedEmail, deps: HandleBounceDependencies): Promise<void> {
  const file = await deps.files.find(bounce.deliveryId)
  if (!file) return handleBounceOf(bounce, deps)
  // Its email carried several leads.
  for (const deliveryId of file.content?.deliveryIds ?? []) await handleBounceOf({ ...bounce, deliveryId }, deps)
}

async function handleBounceOf(
  { deliveryId, messageId, to, why, lasting }: BouncedEmail,
  deps: HandleBounceDependencies,
): Promise<void> {
  const delivery = await deps.deliveries.findWithAttempts(deliveryId)
  const attempt = delivery?.attemptLog.find((candidate) => candidate.messageId === messageId)
  // The bounced attempt may not be written yet, or another attempt is under way and would overwrite the bounce.
  if (delivery?.state === 'leased') throw new Error('An attempt is under way. The bounce will be processed again.')
  if (!delivery || !attempt) return deps.log('bounce.unmatched', { deliveryId })
  if (why === 'arrived') return deps.log('bounce.arrived', { deliveryId })
  const { schoolId, campaignId, reroute } = delivery
  const at = deps.now().toISOString()
  const usedCampaignId = reroute?.campaignId ?? campaignId
  const earlierBounces = delivery.attemptLog.filter(
    ({ number, bouncedAt }) => bouncedAt !== undefined && number !== attempt.number,
  ).length
  const retryDelay = lasting ? undefined : bounceRetryDelays[earlierBounces]
  if (retryDelay === undefined)
    for (const address of to)
      await deps.endpointHealth.disable(toSchoolOwner(delivery), {
        campaignId: usedCampaignId,
        kind: 'email',
        address,
        why,
        at,
      })
  // A complaint means that the email arrived.
  if (why === 'bounced' && attempt.bouncedAt === undefined && delivery.state !== 'erased')
    await deps.deliveries.recordBounce(delivery, attempt.number, {
      at,
      to,
      dueAt: addSeconds(at, retryDelay ?? disabledEndpointRecheckSeconds),
    })
  deps.log('school.alert', {
    why: `mail-${why}`,
    schoolId,
    campaignId,
    deliveryId,
    ...traceLogFields(delivery.traceparent),
  })
  deps.measure('SchoolAlerts', 1)
}
