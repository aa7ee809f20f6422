import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { ReplayResult } from '#shared/store/delivery/replay-delivery.ts'
import type { ReplayCounts } from '#shared/store/delivery/replay-job-store.ts'
import { findMatchingDeliveries } from '#shared/workflows/delivery/find-matching-deliveries.ts'

export type ReplayPageDependencies = Pick<Dependencies, 'records' | 'deliveries' | 'replayJobs' | 'now'>

const deliveriesPerPage = 100

/**
 * Replays the matching deliveries of a job's next page and saves the counts. A page that is done twice, after a crash
 * or by two workers at once, replays no delivery twice and has the same counts.
 */
export async function replayPage(
  replayId: string,
  { records, deliveries, replayJobs, now }: ReplayPageDependencies,
): Promise<'continues' | 'finished'> {
  const job = await replayJobs.find(replayId)
  if (job?.state !== 'running') return 'finished'
  const { filter, startedAt, place: position } = job
  const run = { name: `${replayId}#${startedAt}`, startedAt, states: filter.states }
  const search = { filter, until: startedAt, from: position, limit: deliveriesPerPage, run: run.name }
  const { matching, next } = await findMatchingDeliveries(search, { records, deliveries })
  const counts: ReplayCounts = { matched: matching.length, replayed: 0, skipped: 0, capReached: 0 }
  for (const { deliveryId } of matching) {
    // One after another, so that a school does not get all of its replays in the same second.
    const replay = await deliveries.replay(deliveryId, { at: getLaterInstant(now().toISOString(), startedAt), run })
    if (replay === 'conflict')
      throw new Error(`Delivery ${deliveryId} changed too often to be replayed. Its page will be done again.`)
    counts[countNames[replay.result]] += 1
  }
  // If another worker was faster, that one continues.
  const isSaved = await replayJobs.advance(job, { counts, at: now().toISOString(), next })
  return isSaved && next ? 'continues' : 'finished'
}

const countNames = {
  replayed: 'replayed',
  'cap-reached': 'capReached',
  skipped: 'skipped',
  'not-replayable': 'skipped',
  'not-found': 'skipped',
} as const satisfies { [Result in ReplayResult['result']]: keyof ReplayCounts }

/** Clocks differ between machines: no replay of a run is older than the run. */
function getLaterInstant(first: string, second: string): string {
  return first > second ? first : second
}
