import { addSeconds } from '../time.ts'

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
export const uncountedRetryDelays = retryDelays.slice(0, 5)
/** Seconds until a delivery is looked at again whose endpoint is closed: somebody may have mended it. */
export const disabledEndpointRecheckSeconds = 3600
/** Spreads the retries of a school that was away, so that they do not all come back at once. */
export const jitterRatio = 0.2

/** When to try again after `countedFailures` attempts that count, or nothing where that was the last. `dice` is in [0, 1). */
export function computeNextAttempt(
  countedFailures: number,
  endedAt: string,
  randomFraction: number,
): string | undefined {
  const delay = retryDelays[countedFailures - 1]
  return delay === undefined ? undefined : addJitter(delay, endedAt, randomFraction)
}

/** When to try again after `uncharged` attempts that do not count. */
export function nextUncountedAttemptAt(uncountedAttempts: number, endedAt: string, randomFraction: number): string {
  return addJitter(
    uncountedRetryDelays[Math.min(uncountedAttempts, uncountedRetryDelays.length) - 1] ?? 0,
    endedAt,
    randomFraction,
  )
}

function addJitter(delay: number, from: string, randomFraction: number): string {
  return addSeconds(from, delay * (1 + jitterRatio * (2 * randomFraction - 1)))
}
