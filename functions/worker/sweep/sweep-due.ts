import { addSeconds } from '#shared/domain/time.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { DueDelivery } from '#shared/store/delivery/due-store.ts'

export type SweepDueDependencies = Pick<Dependencies, 'due' | 'deliveryQueue' | 'now' | 'log' | 'measure'>

// The rest stays due, and the next sweep finds it.
const maxPerShard = 100
// While so many messages wait, further ones would only repeat them.
const maxQueueDepth = 2_000
const concurrentClaims = 25
/** Seconds until a delivery that is still due is queued again, by how often it was queued. */
export const sweepDelays = [15, 30, 60, 120, 300] as const

/**
 * Queues every due delivery that has no lease, each time after a longer delay, and none while the queue is deep. Two sweepers at once are
 * harmless, because a claim lets only one through. At least once: a duplicate message is harmless, a missing one loses
 * a lead.
 */
export async function sweepDue({ due, deliveryQueue, now, log, measure }: SweepDueDependencies): Promise<void> {
  const at = now().toISOString()
  const dueDeliveries = (await due.listDeliveries(at, maxPerShard)).toSorted((first, second) =>
    first.dueAt < second.dueAt ? -1 : 1,
  )
  measure('OldestDueAge', computeAgeSeconds(dueDeliveries[0], at))
  const queueCapacity = dueDeliveries.length > 0 ? Math.max(0, maxQueueDepth - (await deliveryQueue.depth())) : 0
  const claimed: DueDelivery[] = []
  const batchDeliveries = dueDeliveries.slice(0, queueCapacity)
  for (let from = 0; from < batchDeliveries.length; from += concurrentClaims) {
    const batch = batchDeliveries.slice(from, from + concurrentClaims)
    const claims = await Promise.all(
      batch.map((delivery) => due.claim(delivery, { now: at, recheckAt: addSeconds(at, getSweepDelay(delivery)) })),
    )
    claimed.push(...batch.filter((_, index) => claims[index]))
  }
  if (claimed.length > 0)
    await deliveryQueue.send(claimed.map(({ deliveryId, schoolId }) => ({ deliveryId, schoolId })))
  if (dueDeliveries.length > 0)
    log('sweep.finished', {
      due: dueDeliveries.length,
      sent: claimed.length,
      deferred: dueDeliveries.length - batchDeliveries.length,
    })
}

function getSweepDelay({ sweeps }: DueDelivery): number {
  return sweepDelays[Math.min(sweeps, sweepDelays.length - 1)] ?? 0
}

/** Seconds since the oldest delivery came due. It is 0 if a deliverer that postponed it died before its due time. */
function computeAgeSeconds(oldest: DueDelivery | undefined, at: string): number {
  return oldest ? Math.max(0, (Date.parse(at) - Date.parse(oldest.dueAt)) / 1000) : 0
}
