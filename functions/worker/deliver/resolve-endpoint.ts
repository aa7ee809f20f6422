import { school } from '#shared/domain/catalog/school.ts'
import { type CircuitState, findRecheckTime, isHalfOpen } from '#shared/domain/delivery/circuit-state.ts'
import { computeFallbackStart } from '#shared/domain/delivery/compute-fallback-start.ts'
import { resolveNoticeEndpoint } from '#shared/domain/delivery/resolve-notice-endpoint.ts'
import { disabledEndpointRecheckSeconds } from '#shared/domain/delivery/retry-schedule.ts'
import { campaign, type DeliveryEndpoint } from '#shared/domain/routing/campaign.ts'
import { addSeconds } from '#shared/domain/time.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { StoredDelivery } from '#shared/store/delivery/delivery-row.ts'

type ResolveEndpointDependencies = Pick<Dependencies, 'records' | 'endpointHealth' | 'random'>

/** Where a due delivery may go now, and what its school has room for. */
export type DeliveryRoute = {
  /** Absent where there is nowhere to send it. */
  endpoint?: DeliveryEndpoint
  circuit: CircuitState
  /** The places that its school had for one attempt more, in the order in which to try them. */
  freePermits: readonly number[]
  /** Seconds for which a slot is used up by one attempt. */
  permitSpacingSeconds: number
}
/** `dueAt`: its line is closed until then. `lookAt`: every slot is taken. */
export type NoDeliveryRoute =
  | { reason: 'circuit-open' | 'endpoint-disabled'; dueAt: string }
  | { reason: 'no-permit'; recheckAt: string }

// A slot comes free within seconds; whoever waits for one looks again after 1 to 4 of them.
const permitRecheckSeconds = [1, 4] as const

export async function resolveEndpoint(
  delivery: StoredDelivery,
  now: string,
  { records, endpointHealth, random }: ResolveEndpointDependencies,
): Promise<DeliveryRoute | NoDeliveryRoute> {
  const { schoolId, campaignId, test, erases } = delivery
  const [campaignRow, schoolRow, health] = await Promise.all([
    records.get('campaigns', campaignId),
    records.get('schools', schoolId),
    endpointHealth.getBySchool(schoolId),
  ])
  const currentCampaign = campaignRow && campaign.parse(campaignRow.body)
  const currentSchool = schoolRow && school.parse(schoolRow.body)
  const leadEndpoint =
    currentCampaign && (test ? (currentCampaign.testEndpoint ?? currentCampaign.endpoint) : currentCampaign.endpoint)
  const ownEndpoint =
    erases === undefined ? leadEndpoint : resolveNoticeEndpoint(leadEndpoint, currentSchool?.privacyNoticeEmail)
  const fallbackStartsAt = computeFallbackStart(delivery.failingSince, ownEndpoint)
  const fallbackAddress =
    fallbackStartsAt !== undefined && fallbackStartsAt <= now && ownEndpoint?.kind === 'webhook'
      ? ownEndpoint.fallbackTo
      : undefined
  const endpoint: DeliveryEndpoint | undefined =
    fallbackAddress === undefined ? ownEndpoint : { kind: 'email', to: fallbackAddress }

  const capAtFallback = (instant: string) =>
    fallbackStartsAt !== undefined && fallbackStartsAt > now && fallbackStartsAt < instant ? fallbackStartsAt : instant
  if (
    endpoint &&
    health.disabled.some(
      (disabled) =>
        disabled.campaignId === campaignId &&
        disabled.kind === endpoint.kind &&
        disabled.address === getEndpointAddress(endpoint),
    )
  )
    return { reason: 'endpoint-disabled', dueAt: capAtFallback(addSeconds(now, disabledEndpointRecheckSeconds)) }
  const recheckAt = endpoint?.kind === 'webhook' ? findRecheckTime(health.circuit, now, random()) : undefined
  if (recheckAt !== undefined) return { reason: 'circuit-open', dueAt: capAtFallback(recheckAt) }

  const { atOnce: maxConcurrent, perMinute } = (currentSchool ?? defaultSchool).deliveries
  const permits = isHalfOpen(health.circuit) ? [0] : Array.from({ length: maxConcurrent }, (_, number) => number)
  const freePermits = permits.filter((number) => (health.busyUntil[number] ?? '') <= now)
  if (freePermits.length === 0) return { reason: 'no-permit', recheckAt: computePermitRecheck(now, random()) }
  // Not all begin with the same one.
  const first = Math.floor(random() * freePermits.length)
  return {
    ...(endpoint && { endpoint }),
    circuit: health.circuit,
    freePermits: [...freePermits.slice(first), ...freePermits.slice(0, first)],
    permitSpacingSeconds: perMinute === undefined ? 0 : (60 / perMinute) * maxConcurrent,
  }
}

export function computePermitRecheck(now: string, randomFraction: number): string {
  const [minSeconds, maxSeconds] = permitRecheckSeconds
  return addSeconds(now, minSeconds + (maxSeconds - minSeconds) * randomFraction)
}

export function getEndpointAddress(endpoint: DeliveryEndpoint): string {
  return endpoint.kind === 'email' ? endpoint.to : endpoint.url
}

const defaultSchool = { deliveries: { atOnce: 1, perMinute: undefined } }
