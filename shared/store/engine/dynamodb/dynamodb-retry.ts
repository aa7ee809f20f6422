/** Retries of a write that met a conflict: attempts in total, and the bounds of the backoff with full jitter. */
export const retry = { attempts: 6, firstMilliseconds: 20, maxMilliseconds: 500 } as const

export function computeRetryDelay(attempt: number, random: () => number) {
  return random() * Math.min(retry.maxMilliseconds, retry.firstMilliseconds * 2 ** attempt)
}
