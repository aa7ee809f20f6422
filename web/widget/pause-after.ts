type Failure = { status: number; retryAfter?: number | undefined }

const mostAttempts = 5
const firstPauseMs = 800
const longestPauseMs = 30_000

/**
 * How long to wait in milliseconds before the same request is sent again; nothing where that would not help. A status of
 * 0 is no answer at all. Pauses double, and differ from visitor to visitor by the dice (0 to 1).
 */
export function pauseAfter({ status, retryAfter }: Failure, attempt: number, dice: number): number | undefined {
  if (attempt >= mostAttempts - 1 || !mayPass(status)) return undefined
  const pause = firstPauseMs * 2 ** attempt * (0.75 + dice / 2)
  return Math.min(Math.max(pause, (retryAfter ?? 0) * 1000), longestPauseMs)
}

/** Whether the failure may be over next time, so that nobody knows yet what became of the request. */
export function mayPass(status: number): boolean {
  return status === 0 || status === 429 || status >= 500
}
