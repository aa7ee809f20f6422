import { tracedBy } from '#shared/domain/capture/traceparent.ts'
import { type Judgement, judgeAttempt, type Tried } from '#shared/domain/delivery/attempt-outcome.ts'
import type { Attempt } from '#shared/domain/delivery/delivery.ts'
import { secondsAfter } from '#shared/domain/delivery/retry-schedule.ts'
import type { DeliveryPointer } from '#shared/outbound/queue.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { Lease } from '#shared/store/delivery/deliveries.ts'
import type { Held, Kept } from '#shared/store/delivery/delivery-row.ts'
import { findWay, slotLookAt, type Way } from './find-way.ts'
import { learn } from './learn.ts'
import { prepareRequest } from './prepare-request.ts'
import { tryOnce } from './try-once.ts'

export type Needs = Pick<
  Dependencies,
  | 'attemptTimes'
  | 'deliveries'
  | 'lines'
  | 'digests'
  | 'suppressions'
  | 'records'
  | 'webhookSecrets'
  | 'headerSecrets'
  | 'sealer'
  | 'post'
  | 'mail'
  | 'now'
  | 'newId'
  | 'dice'
  | 'randomBytes'
  | 'log'
  | 'measure'
>

/**
 * One attempt at one delivery. The lease decides who makes it; the row, not the queue, remembers what came of it.
 * Whatever the school says, this returns: only a fault of ours throws, and the lease of it runs out.
 */
export async function deliverLead({ deliveryId }: Pick<DeliveryPointer, 'deliveryId'>, needs: Needs): Promise<void> {
  const startedAt = needs.now().toISOString()
  const seen = await needs.deliveries.find(deliveryId)
  if (!seen || seen.state === 'erased' || seen.dueAt === undefined || seen.dueAt > startedAt) return leave('not-due')

  const way = await findWay(seen, startedAt, needs)
  if ('left' in way) {
    await ('dueAt' in way ? needs.deliveries.park(seen, way.dueAt) : needs.deliveries.postpone(seen, way.lookAt))
    return leave(way.left)
  }
  const request = await prepareRequest(seen, way, needs)
  const held = await leaseIn(way, seen, { now: startedAt, shaped: request.shaped }, needs)
  if (held === 'no-slot') {
    await needs.deliveries.postpone(seen, slotLookAt(startedAt, needs.dice()))
    return leave('school-busy')
  }
  if (held === 'left') return leave('not-due')

  const tried = await tryOnce(held, way, request, needs)
  const endedAt = needs.now().toISOString()
  const judged = judgeAttempt(tried, held, { endedAt, dice: needs.dice(), endpoint: way.endpoint })
  const attempt = attemptOf(held, tried, judged, { startedAt, endedAt })
  const settled = await needs.deliveries.settle(held, {
    ...standingOf(judged),
    at: endedAt,
    slotFreeAt: slotFreeAt(way, { startedAt, endedAt }),
    attempt,
  })
  if (settled === 'busy') throw new Error('The attempt could not be written; the delivery comes due again.')
  if (settled === 'lost') return leave('lease-lost')
  await learn({ held, way, tried, judged, attempt }, needs)

  function leave(why: 'not-due' | 'lease-lost' | 'school-busy' | 'line-closed' | 'endpoint-closed') {
    needs.log('delivery.left', { deliveryId, why, ...tracedBy(seen?.traceparent) })
  }
}

const slotMarginSeconds = 5

async function leaseIn({ freeSlots }: Way, seen: Kept, given: Pick<Lease, 'now' | 'shaped'>, needs: Needs) {
  const { deliveries, newId, attemptTimes } = needs
  const lease = {
    ...given,
    token: newId('attempt'),
    until: secondsAfter(given.now, attemptTimes.leaseSeconds),
    // No attempt lives longer, and after a crash the school gets its place back the sooner.
    slotUntil: secondsAfter(given.now, attemptTimes.deadlineSeconds + slotMarginSeconds),
  }
  for (const slot of freeSlots) {
    const held = await deliveries.lease(seen, { ...lease, slot })
    if (held !== 'no-slot') return held
  }
  return 'no-slot'
}

type Span = { startedAt: string; endedAt: string }

function attemptOf(held: Held, tried: Tried, { outcome }: Judgement, span: Span): Attempt {
  const { means, retryAfter, stopped, ours, ...told } = tried
  const { deliveryId, attempts: number, leaseToken: attemptId } = held
  return { attemptId, deliveryId, number, ...span, ...told, outcome }
}

function standingOf({ finding, outcome, ...standing }: Judgement) {
  return standing
}

/** Slots in turn, each used once in `spacing` seconds, keep to the school's attempts per minute. */
function slotFreeAt({ spacing }: Way, { startedAt, endedAt }: Span): string {
  const spaced = secondsAfter(startedAt, spacing)
  return spaced > endedAt ? spaced : endedAt
}
