import type { Dependencies } from '#shared/runtime/dependencies.ts'
import { dueShards } from '#shared/store/keys.ts'

type Needs = Pick<Dependencies, 'deliveries' | 'deliveryQueue' | 'now' | 'log'>

// What one sweep puts on the queue at most, by shard. The rest stays due, and the next sweep finds it.
const mostPerShard = 500

/** Puts whatever is due on the queue. Twice is harmless, since a lease lets one attempt through; never would be a lost lead. */
export async function sweepDue({ deliveries, deliveryQueue, now, log }: Needs): Promise<void> {
  const at = now().toISOString()
  const due = (await Promise.all(dueShards.map((shard) => deliveries.due(shard, at, mostPerShard)))).flat()
  await deliveryQueue.send(due)
  log('sweep.finished', { due: due.length, shards: dueShards.length })
}
