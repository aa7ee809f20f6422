/**
 * A bucket of tokens, of which each comes back a minute after it was taken: so in no minute are more taken than the
 * limit, and yet all of them may be taken at once.
 *
 * `taken` only ever grows. A mark says how much had been taken when a slot of five seconds began; what was taken since
 * the oldest mark that still counts is what is not back yet. Whoever adds to `taken` on condition that it is below
 * `most` needs no other lock: a mark that was read too early holds back too much for a moment, never too little.
 */
export type Bucket = { spent: number; checkpoints: readonly Checkpoint[] }
export type Checkpoint = { interval: number; spent: number }
export type RateLimitStatus = {
  limit: number
  remaining: number
  /** Until tokens come back: those that were taken first, or one that is taken now. */
  resetSeconds: number
}

export const windowSeconds = 60
const intervalMs = 5000
// A token that was taken at the end of a slot comes back with those of its beginning: a slot later than they need.
const refillIntervals = (windowSeconds * 1000) / intervalMs + 1
/** When nobody has taken a token for so long, they are all back. */
export const bucketTtlSeconds = 2 * windowSeconds

export function evaluateBucket({ spent, checkpoints }: Bucket, limit: number, now: Date) {
  const interval = Math.floor(now.getTime() / intervalMs)
  const outdated = checkpoints.filter((mark) => mark.interval <= interval - refillIntervals)
  const [oldest] = checkpoints
    .filter((mark) => mark.interval > interval - refillIntervals)
    .toSorted((a, b) => a.interval - b.interval)
  const most = (oldest?.spent ?? spent) + limit
  const status: RateLimitStatus = {
    limit,
    remaining: Math.max(0, most - spent),
    resetSeconds: Math.ceil((((oldest?.interval ?? interval) + refillIntervals) * intervalMs - now.getTime()) / 1000),
  }
  return { interval, most, status, outdated, isMarked: checkpoints.some((mark) => mark.interval === interval) }
}
