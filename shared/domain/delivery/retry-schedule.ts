/** Seconds from one attempt to the next, by how many were made. After the last of them a delivery is dead. */
export const retryDelays = [
  5,
  30,
  2 * 60,
  10 * 60,
  30 * 60,
  3600,
  3 * 3600,
  6 * 3600,
  12 * 3600,
  ...Array<number>(5).fill(24 * 3600),
] as const
/** Seconds to the next attempt where the last one does not count: a fault of ours, or a school that asked for patience. */
export const patience = retryDelays.slice(0, 5)
/** Seconds until a delivery is looked at again whose endpoint is closed: somebody may have mended it. */
export const untilMended = 3600
/** Spreads the retries of a school that was away, so that they do not all come back at once. */
export const jitter = 0.2

/** When to try again after `charged` attempts that count, or nothing where that was the last. `dice` is in [0, 1). */
export function nextAttemptAt(charged: number, endedAt: string, dice: number): string | undefined {
  const delay = retryDelays[charged - 1]
  return delay === undefined ? undefined : spread(delay, endedAt, dice)
}

/** When to try again after `uncharged` attempts that do not count. */
export function nextFreeAttemptAt(uncharged: number, endedAt: string, dice: number): string {
  return spread(patience[Math.min(uncharged, patience.length) - 1] ?? 0, endedAt, dice)
}

function spread(delay: number, from: string, dice: number): string {
  return secondsAfter(from, delay * (1 + jitter * (2 * dice - 1)))
}

export function secondsAfter(instant: string, seconds: number): string {
  return new Date(Date.parse(instant) + seconds * 1000).toISOString()
}
