import type { DeliveryEndpoint } from '../routing/campaign.ts'
import { addSeconds } from '../time.ts'

/** Seconds from one counted failure to the next attempt. After the last of them a delivery is dead. */
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
/**
 * Seconds from one unclear 2xx to the next attempt. The school probably has the lead, so it gets five copies at most,
 * spread over as long as an outage of what it passes leads on to may take.
 */
export const unclearRetryDelays = [2 * 60, 3600, 12 * 3600, 24 * 3600] as const
/** Seconds to the next attempt after an uncounted one: an internal fault, or a school that throttles us. */
export const uncountedRetryDelays = retryDelays.slice(0, 5)
/** Seconds until a delivery checks again whether its disabled endpoint was fixed. */
export const disabledEndpointRecheckSeconds = 3600
/** Seconds from each temporary bounce of a delivery's emails to the next email. After the last its mailbox is disabled. */
export const bounceRetryDelays = [3600, 6 * 3600, 24 * 3600] as const
/** Spreads the retries of a school that was down, so that they do not all arrive at once. */
export const jitterRatio = 0.2

/** Returns when to try again after so many counted failures; undefined after the last. `randomFraction` is in [0, 1). */
export function computeNextAttempt(
  countedFailures: number,
  endedAt: string,
  randomFraction: number,
): string | undefined {
  const delay = retryDelays[countedFailures - 1]
  return delay === undefined ? undefined : addJitter(delay, endedAt, randomFraction)
}

/** Returns when to try again after so many unclear responses; undefined after the last. */
export function computeNextUnclearAttempt(
  unclearResponses: number,
  endedAt: string,
  randomFraction: number,
): string | undefined {
  const delay = unclearRetryDelays[unclearResponses - 1]
  return delay === undefined ? undefined : addJitter(delay, endedAt, randomFraction)
}

/** Returns when to try again after so many uncounted attempts. */
export function computeNextUncountedAttempt(
  uncountedAttempts: number,
  endedAt: string,
  randomFraction: number,
): string {
  // An email that may have arrived counts as several failures, so there may be more of them than attempts.
  const index = Math.min(Math.max(uncountedAttempts, 1), uncountedRetryDelays.length) - 1
  return addJitter(uncountedRetryDelays[index] ?? 0, endedAt, randomFraction)
}

function addJitter(delay: number, from: string, randomFraction: number): string {
  return addSeconds(from, delay * (1 + jitterRatio * (2 * randomFraction - 1)))
}

const fallbackDelaySeconds = 15 * 60

/** Returns from when on a failing webhook's leads go by email; undefined if it does not fail or has no fallback. */
export function computeFallbackStart(
  failingSince: string | undefined,
  endpoint: DeliveryEndpoint | undefined,
): string | undefined {
  if (endpoint?.kind !== 'webhook' || endpoint.fallbackTo === undefined || failingSince === undefined) return undefined
  return addSeconds(failingSince, fallbackDelaySeconds)
}
