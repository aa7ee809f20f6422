/** How often a write that met another at its item is tried in all, and how long it waits at most: full jitter. */
export const retry = { attempts: 6, firstMilliseconds: 20, maxMilliseconds: 500 } as const

export function computeRetryDelay(attempt: number, random: () => number) {
  return random() * Math.min(retry.maxMilliseconds, retry.firstMilliseconds * 2 ** attempt)
}
