import { addSeconds } from '#shared/domain/time.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { DueDelivery } from '#shared/store/delivery/due.ts'

export type SweepDueDependencies = Pick<Dependencies, 'due' | 'deliveryQueue' | 'now' | 'log' | 'measure'>

// What one sweep looks at, by shard. The rest stays due, and the next sweep finds it.
const maxPerShard = 100
// While so many wait in the queue, more of them would only be repeats.
const maxWaiting = 2_000
const claimsAtOnce = 25
/** Seconds until a row that is still due is put on the queue again, by how often it was. */
export const sweepDelays = [15, 30, 60, 120, 300] as const

/**
 * Puts whatever is due on the queue, each row further apart than the last time and none while the queue is deep. Two
 * sweepers at once are harmless: a claim lets one through. Never would be a lost lead, twice a pointer too many.
 */
export async function sweepDue({ due, deliveryQueue, now, log, measure }: SweepDueDependencies): Promise<void> {
  const at = now().toISOString()
  const dueDeliveries = (await due.deliveries(at, maxPerShard)).toSorted((first, second) =>
    first.dueAt < second.dueAt ? -1 : 1,
  )
  measure('OldestDueAge', computeAgeSeconds(dueDeliveries[0], at))
  const queueCapacity = dueDeliveries.length > 0 ? Math.max(0, maxWaiting - (await deliveryQueue.depth())) : 0
  const claimed: DueDelivery[] = []
  const batchDeliveries = dueDeliveries.slice(0, queueCapacity)
  for (let from = 0; from < batchDeliveries.length; from += claimsAtOnce) {
    const batch = batchDeliveries.slice(from, from + claimsAtOnce)
    const claims = await Promise.all(
      batch.map((delivery) => due.claim(delivery, addSeconds(at, getSweepDelay(delivery)))),
    )
    claimed.push(...batch.filter((_, index) => claims[index]))
  }
  if (claimed.length > 0)
    await deliveryQueue.send(claimed.map(({ deliveryId, schoolId }) => ({ deliveryId, schoolId })))
  if (dueDeliveries.length > 0)
    log('sweep.finished', {
      due: dueDeliveries.length,
      sent: claimed.length,
      heldBack: dueDeliveries.length - batchDeliveries.length,
    })
}

function getSweepDelay({ sweeps }: DueDelivery): number {
  return sweepDelays[Math.min(sweeps, sweepDelays.length - 1)] ?? 0
}

/** Seconds. What is due later but is looked at now was held by a deliverer that died: it is due at once. */
function computeAgeSeconds(oldest: DueDelivery | undefined, at: string): number {
  return oldest ? Math.max(0, (Date.parse(at) - Date.parse(oldest.dueAt)) / 1000) : 0
}
