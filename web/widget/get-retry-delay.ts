type Failure = { status: number; retryAfter?: number | undefined }

const maxAttempts = 5
const firstDelayMs = 800
const maxDelayMs = 30_000

/**
 * How long to wait in milliseconds before the same request is sent again; nothing where that would not help. A status of
 * 0 is no answer at all. Pauses double, and differ from visitor to visitor by the dice (0 to 1).
 */
export function getRetryDelay({ status, retryAfter }: Failure, attempt: number, random: number): number | undefined {
  if (attempt >= maxAttempts - 1 || !isRetryable(status)) return undefined
  const delayMs = firstDelayMs * 2 ** attempt * (0.75 + random / 2)
  return Math.min(Math.max(delayMs, (retryAfter ?? 0) * 1000), maxDelayMs)
}

/** Whether the failure may be over next time, so that nobody knows yet what became of the request. */
export function isRetryable(status: number): boolean {
  return status === 0 || status === 429 || status >= 500
}
