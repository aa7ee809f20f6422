import type { Endpoint } from '../routing/campaign.ts'
import { secondsAfter } from './retry-schedule.ts'

const afterSeconds = 15 * 60

/** From when on a failing webhook's lead goes by e-mail, or nothing where it does not fail or the school wants no e-mail. */
export function fallbackAt(failingSince: string | undefined, endpoint: Endpoint | undefined): string | undefined {
  if (endpoint?.kind !== 'webhook' || endpoint.fallbackTo === undefined || failingSince === undefined) return undefined
  return secondsAfter(failingSince, afterSeconds)
}
