/**
 * A token bucket. Each token returns a minute after it was spent, so that no minute exceeds the limit, although all
 * tokens may be spent at once.
 *
 * `spent` only grows. A checkpoint holds the value of `spent` at the start of an interval of five seconds; what was
 * spent since the oldest current checkpoint has not returned yet. A writer that increments `spent` on condition that it
 * is below `maxSpent` needs no other lock: an outdated checkpoint allows too few tokens for a moment, never too many.
 */
export type Bucket = { spent: number; checkpoints: readonly Checkpoint[] }
export type Checkpoint = { interval: number; spent: number }
export type RateLimitStatus = {
  limit: number
  remaining: number
  /** Seconds until the tokens that were spent first return, or one that is spent now. */
  resetSeconds: number
}

export const windowSeconds = 60
const intervalMs = 5000
// Tokens return by interval: one that was spent at its start waits for one that was spent at its end.
const refillIntervals = (windowSeconds * 1000) / intervalMs + 1
/** After this time without a request, all tokens have returned and the row may expire. */
export const bucketTtlSeconds = 2 * windowSeconds

export function evaluateBucket({ spent, checkpoints }: Bucket, limit: number, now: Date) {
  const interval = Math.floor(now.getTime() / intervalMs)
  // One that lies further ahead is from before the clock was set back, and would refuse requests until then.
  const isCurrent = (checkpoint: Checkpoint) => Math.abs(checkpoint.interval - interval) < refillIntervals
  const outdated = checkpoints.filter((checkpoint) => !isCurrent(checkpoint))
  const [oldest] = checkpoints.filter(isCurrent).toSorted((a, b) => a.interval - b.interval)
  const maxSpent = (oldest?.spent ?? spent) + limit
  const status: RateLimitStatus = {
    limit,
    remaining: Math.max(0, maxSpent - spent),
    resetSeconds: Math.ceil((((oldest?.interval ?? interval) + refillIntervals) * intervalMs - now.getTime()) / 1000),
  }
  const hasCheckpoint = checkpoints.some((checkpoint) => checkpoint.interval === interval)
  return { interval, maxSpent, status, outdated, hasCheckpoint }
}
