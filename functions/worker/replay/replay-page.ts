import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { ReplayResult } from '#shared/store/delivery/replay-delivery.ts'
import type { ReplayCounts } from '#shared/store/delivery/replays.ts'
import { findMatchingDeliveries } from '#shared/workflows/delivery/find-matching-deliveries.ts'

export type ReplayPageDependencies = Pick<Dependencies, 'records' | 'replays' | 'now'>

const deliveriesPerPage = 100

/**
 * Replays what is meant among the next deliveries, and writes down how far it came. Whoever does the same page again,
 * after a crash or at the same time, replays nothing twice and counts the same.
 */
export async function replayPage(
  replayId: string,
  { records, replays, now }: ReplayPageDependencies,
): Promise<'goes-on' | 'ended'> {
  const job = await replays.find(replayId)
  if (job?.state !== 'running') return 'ended'
  const { filter, startedAt, place: position } = job
  const run = { name: `${replayId}#${startedAt}`, startedAt, states: filter.states }
  const search = { filter, until: startedAt, from: position, limit: deliveriesPerPage, run: run.name }
  const { matching, next } = await findMatchingDeliveries(search, { records, replays })
  const counts: ReplayCounts = { matched: matching.length, replayed: 0, skipped: 0, capReached: 0 }
  for (const { deliveryId } of matching) {
    // One after another: a school shall not get all of its replays in the same second.
    const { result } = await replays.replayDelivery(deliveryId, {
      at: getLaterInstant(now().toISOString(), startedAt),
      run,
    })
    if (result === 'busy') throw new Error(`The delivery ${deliveryId} could not be written; its page is done again.`)
    counts[countNames[result]] += 1
  }
  const pageResult = { counts, at: now().toISOString(), next }
  // Where another was faster, that one goes on.
  return (await replays.advance(job, pageResult)) && next ? 'goes-on' : 'ended'
}

const countNames = {
  replayed: 'replayed',
  full: 'capReached',
  left: 'skipped',
  final: 'skipped',
  absent: 'skipped',
} as const satisfies { [Result in Exclude<ReplayResult['result'], 'busy'>]: keyof ReplayCounts }

/** Clocks differ: what this run replays is never older than the run. */
function getLaterInstant(one: string, other: string): string {
  return one > other ? one : other
}
