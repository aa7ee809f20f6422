import { secondsAfter } from '#shared/domain/delivery/retry-schedule.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { Due } from '#shared/store/delivery/due.ts'

export type Needs = Pick<Dependencies, 'due' | 'deliveryQueue' | 'now' | 'log' | 'measure'>

// What one sweep looks at, by shard. The rest stays due, and the next sweep finds it.
const mostPerShard = 100
// While so many wait in the queue, more of them would only be repeats.
const mostWaiting = 2_000
const claimsAtOnce = 25
/** Seconds until a row that is still due is put on the queue again, by how often it was. */
export const backOff = [15, 30, 60, 120, 300] as const

/**
 * Puts whatever is due on the queue, each row further apart than the last time and none while the queue is deep. Two
 * sweepers at once are harmless: a claim lets one through. Never would be a lost lead, twice a pointer too many.
 */
export async function sweepDue({ due, deliveryQueue, now, log, measure }: Needs): Promise<void> {
  const at = now().toISOString()
  const found = (await due.deliveries(at, mostPerShard)).toSorted((one, other) => (one.dueAt < other.dueAt ? -1 : 1))
  measure('OldestDueAge', ageOf(found[0], at))
  const room = found.length > 0 ? Math.max(0, mostWaiting - (await deliveryQueue.depth())) : 0
  const claimed: Due[] = []
  const sending = found.slice(0, room)
  for (let from = 0; from < sending.length; from += claimsAtOnce) {
    const batch = sending.slice(from, from + claimsAtOnce)
    const got = await Promise.all(batch.map((one) => due.claim(one, secondsAfter(at, holdOf(one)))))
    claimed.push(...batch.filter((_, index) => got[index]))
  }
  if (claimed.length > 0)
    await deliveryQueue.send(claimed.map(({ deliveryId, schoolId }) => ({ deliveryId, schoolId })))
  if (found.length > 0)
    log('sweep.finished', { due: found.length, sent: claimed.length, heldBack: found.length - sending.length })
}

function holdOf({ sweeps }: Due): number {
  return backOff[Math.min(sweeps, backOff.length - 1)] ?? 0
}

/** Seconds. What is due later but is looked at now was held by a deliverer that died: it is due at once. */
function ageOf(oldest: Due | undefined, at: string): number {
  return oldest ? Math.max(0, (Date.parse(at) - Date.parse(oldest.dueAt)) / 1000) : 0
}
