import type { ReplayJob } from '#shared/domain/delivery/replay-job.ts'
import type { StoredReplayJob } from '#shared/store/delivery/replay-job-store.ts'

/** Removes the fields that only the replay worker needs. */
export function toReplayResponse({ pages: _, place: __, ...job }: StoredReplayJob): ReplayJob {
  return job
}
