import type { ReplayJob } from '#shared/domain/delivery/replay.ts'
import type { KeptReplay } from '#shared/store/delivery/replays.ts'

/** A replay without what is only of use to whoever works on it. */
export function toldReplay({ pages: _, place: __, ...job }: KeptReplay): ReplayJob {
  return job
}
