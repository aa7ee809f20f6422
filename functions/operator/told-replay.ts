import type { ReplayJob } from '#shared/domain/replay.ts'
import type { KeptReplay } from '#shared/store/replays.ts'

/** A replay without what is only of use to whoever works on it. */
export function toldReplay({ pages: _, place: __, ...job }: KeptReplay): ReplayJob {
  return job
}
