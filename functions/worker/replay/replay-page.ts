import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { Replayed } from '#shared/store/delivery/replay.ts'
import type { Counts } from '#shared/store/delivery/replays.ts'
import { lookForDeliveries } from '#shared/workflows/delivery/look-for-deliveries.ts'

export type Needs = Pick<Dependencies, 'records' | 'replays' | 'now'>

const deliveriesPerPage = 100

/**
 * Replays what is meant among the next deliveries, and writes down how far it came. Whoever does the same page again,
 * after a crash or at the same time, replays nothing twice and counts the same.
 */
export async function replayPage(replayId: string, { records, replays, now }: Needs): Promise<'goes-on' | 'ended'> {
  const job = await replays.find(replayId)
  if (job?.state !== 'running') return 'ended'
  const { filter, startedAt, place: from } = job
  const run = { name: `${replayId}#${startedAt}`, startedAt, states: filter.states }
  const search = { filter, until: startedAt, from, limit: deliveriesPerPage, run: run.name }
  const { meant, next } = await lookForDeliveries(search, { records, replays })
  const counts: Counts = { matched: meant.length, replayed: 0, skipped: 0, capReached: 0 }
  for (const { deliveryId } of meant) {
    // One after another: a school shall not get all of its replays in the same second.
    const { came } = await replays.one(deliveryId, { at: latest(now().toISOString(), startedAt), run })
    if (came === 'busy') throw new Error(`The delivery ${deliveryId} could not be written; its page is done again.`)
    counts[countedAs[came]] += 1
  }
  const worked = { counts, at: now().toISOString(), next }
  // Where another was faster, that one goes on.
  return (await replays.advance(job, worked)) && next ? 'goes-on' : 'ended'
}

const countedAs = {
  replayed: 'replayed',
  full: 'capReached',
  left: 'skipped',
  final: 'skipped',
  absent: 'skipped',
} as const satisfies { [Came in Exclude<Replayed['came'], 'busy'>]: keyof Counts }

/** Clocks differ: what this run replays is never older than the run. */
function latest(one: string, other: string): string {
  return one > other ? one : other
}
