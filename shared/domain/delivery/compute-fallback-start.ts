import type { DeliveryEndpoint } from '../routing/campaign.ts'
import { addSeconds } from '../time.ts'

const fallbackDelaySeconds = 15 * 60

/** From when on a failing webhook's lead goes by e-mail, or nothing where it does not fail or the school wants no e-mail. */
export function computeFallbackStart(
  failingSince: string | undefined,
  endpoint: DeliveryEndpoint | undefined,
): string | undefined {
  if (endpoint?.kind !== 'webhook' || endpoint.fallbackTo === undefined || failingSince === undefined) return undefined
  return addSeconds(failingSince, fallbackDelaySeconds)
}
