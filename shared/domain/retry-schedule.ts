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
/** Spreads the retries of a school that was away, so that they do not all come back at once. */
export const jitter = 0.2

/** When to try again after attempt number `attempts`, or nothing where that was the last. `dice` is in [0, 1). */
export function nextAttemptAt(attempts: number, endedAt: string, dice: number): string | undefined {
  const delay = retryDelays[attempts - 1]
  if (delay === undefined) return undefined
  const spread = 1 + jitter * (2 * dice - 1)
  return new Date(Date.parse(endedAt) + delay * 1000 * spread).toISOString()
}
