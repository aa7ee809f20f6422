import type { Dependencies } from '#shared/runtime/dependencies.ts'

type Needs = Pick<Dependencies, 'due' | 'deliveryQueue' | 'now' | 'log'>

// What one sweep puts on the queue at most, by shard. The rest stays due, and the next sweep finds it.
const mostPerShard = 500

/** Puts whatever is due on the queue. Twice is harmless, since a lease lets one attempt through; never would be a lost lead. */
export async function sweepDue({ due, deliveryQueue, now, log }: Needs): Promise<void> {
  const deliveries = await due.deliveries(now().toISOString(), mostPerShard)
  await deliveryQueue.send(deliveries)
  log('sweep.finished', { due: deliveries.length })
}
