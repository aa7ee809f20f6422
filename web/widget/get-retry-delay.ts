type Failure = { status: number; retryAfter?: number | undefined }

const maxAttempts = 5
const firstDelayMs = 800
const maxDelayMs = 30_000

/**
 * Milliseconds to wait before the same request is sent again; undefined if a retry would not help. Status 0 means no
 * response. Delays double, and `random` (0 to 1) spreads visitors so that they do not all return at once.
 */
export function getRetryDelay({ status, retryAfter }: Failure, attempt: number, random: number): number | undefined {
  if (attempt >= maxAttempts - 1 || !isRetryable(status)) return undefined
  const delayMs = firstDelayMs * 2 ** attempt * (0.75 + random / 2)
  return Math.min(Math.max(delayMs, (retryAfter ?? 0) * 1000), maxDelayMs)
}

/** Whether a later attempt may succeed. Until then it is unknown whether the server processed the request. */
export function isRetryable(status: number): boolean {
  return status === 0 || status === 429 || status >= 500
}
