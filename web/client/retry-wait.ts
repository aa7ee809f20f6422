import { isRetryable } from '../widget/get-retry-delay.ts'

export type RetryLimits = { maxRetries: number; maxWaitSeconds: number }

const firstWaitMs = 500

/**
 * Milliseconds to wait before a request is sent again; undefined if it should not be. Waits double, `random` (0 to 1)
 * spreads callers, and none is shorter than `Retry-After`. A longer `Retry-After` than the limit ends the call instead:
 * an earlier retry would only be refused again.
 */
export function getRetryWait(
  { status, retryAfterSeconds = 0 }: { status: number; retryAfterSeconds?: number | undefined },
  attempt: number,
  { maxRetries, maxWaitSeconds }: RetryLimits,
  random: number,
): number | undefined {
  if (attempt >= maxRetries || !isRetryable(status) || retryAfterSeconds > maxWaitSeconds) return undefined
  const waitMs = firstWaitMs * 2 ** attempt * (0.75 + random / 2)
  return Math.min(Math.max(waitMs, retryAfterSeconds * 1000), maxWaitSeconds * 1000)
}
