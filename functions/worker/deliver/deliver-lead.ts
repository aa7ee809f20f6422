import { judgeAttempt, type Tried } from '#shared/domain/attempt-outcome.ts'
import { campaign } from '#shared/domain/campaign.ts'
import type { Attempt } from '#shared/domain/delivery.ts'
import { leadCreated } from '#shared/domain/lead-created.ts'
import type { DeliveryPointer } from '#shared/outbound/queue.ts'
import type { Dependencies } from '#shared/runtime/dependencies.ts'
import type { Held } from '#shared/store/deliveries.ts'
import { sendEmail } from './send-email.ts'
import { sendWebhook } from './send-webhook.ts'

export type Needs = Pick<
  Dependencies,
  | 'deliveries'
  | 'digests'
  | 'suppressions'
  | 'records'
  | 'credentials'
  | 'sealer'
  | 'post'
  | 'mail'
  | 'now'
  | 'newId'
  | 'dice'
  | 'log'
>

/** Longer than a webhook's total deadline of 15 s and 30 s more, so that a lease never ends under a living attempt. */
export const leaseSeconds = 60

/**
 * One attempt at one delivery. The lease decides who makes it; the row, not the queue, remembers what came of it.
 * Whatever the school says, this returns: only a fault of ours throws.
 */
export async function deliverLead({ deliveryId }: Pick<DeliveryPointer, 'deliveryId'>, needs: Needs): Promise<void> {
  const started = needs.now()
  const token = needs.newId('attempt')
  const until = new Date(started.getTime() + leaseSeconds * 1000).toISOString()
  const delivery = await needs.deliveries.lease(deliveryId, { token, now: started.toISOString(), until })
  if (!delivery) return needs.log('delivery.left', { deliveryId, why: 'not-due' })

  const { rejected, stopped, ...tried } = await send(delivery, needs)
  const ended = needs.now()
  const times = { attempts: delivery.attempts, endedAt: ended.toISOString(), dice: needs.dice() }
  const { outcome, ...next } = judgeAttempt(
    { ...tried, ...(rejected && { rejected }), ...(stopped && { stopped }) },
    times,
  )
  const attempt: Attempt = {
    attemptId: token,
    deliveryId,
    number: delivery.attempts,
    startedAt: started.toISOString(),
    endedAt: times.endedAt,
    ...tried,
    outcome,
  }
  const settled = await needs.deliveries.settle(delivery, { ...next, at: times.endedAt, attempt })
  if (settled === 'busy') throw new Error('The attempt could not be written; the delivery comes due again.')
  if (settled === 'lost') return needs.log('delivery.left', { deliveryId, why: 'lease-lost' })
  needs.log('delivery.attempted', {
    deliveryId,
    schoolId: delivery.schoolId,
    attempt: attempt.number,
    stage: attempt.stage,
    outcome,
    ms: ended.getTime() - started.getTime(),
  })
}

async function send(delivery: Held, needs: Needs): Promise<Tried> {
  const kept = await needs.records.get('campaigns', delivery.campaignId)
  if (!kept) return { kind: 'webhook', stage: 'refused', reason: 'The campaign has been removed.' }
  const { endpoint: live, testEndpoint = live } = campaign.parse(kept.body)
  const endpoint = delivery.test ? testEndpoint : live
  if (await hasWithdrawn(delivery, needs))
    return { kind: endpoint.kind, stage: 'refused', reason: 'The visitor has withdrawn consent.', stopped: true }
  return endpoint.kind === 'email' ? sendEmail(delivery, endpoint, needs) : sendWebhook(delivery, endpoint, needs)
}

async function hasWithdrawn({ body }: Held, { digests, suppressions }: Needs): Promise<boolean> {
  const { email, phone } = digests.ofPerson(leadCreated.parse(JSON.parse(body)).data.contact)
  return suppressions.hold([email, phone])
}
