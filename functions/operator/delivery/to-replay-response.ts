import type { ReplayJob } from '#shared/domain/delivery/replay.ts'
import type { StoredReplay } from '#shared/store/delivery/replays.ts'

/** A replay without what is only of use to whoever works on it. */
export function toReplayResponse({ pages: _, place: __, ...job }: StoredReplay): ReplayJob {
  return job
}
