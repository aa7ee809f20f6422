import { school } from '#shared/domain/catalog/school.ts'
import { type CircuitState, findRecheckTime, isHalfOpen } from '#shared/domain/delivery/circuit-state.ts'
import { computeFallbackStart, disabledEndpointRecheckSeconds } from '#shared/domain/delivery/retry-schedule.ts'
import { type Campaign, campaign, type DeliveryEndpoint } from '#shared/domain/routing/campaign.ts'
import { addSeconds } from '#shared/domain/time.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { StoredDelivery } from '#shared/store/delivery/delivery-row.ts'
import type { DisabledEndpoint } from '#shared/store/delivery/endpoint-health-store.ts'

export type ResolveEndpointDependencies = Pick<Dependencies, 'records' | 'endpointHealth' | 'random'>

/** The endpoint for an attempt at a delivery now, and the permits that its school has free. */
export type DeliveryRoute = {
  /** Absent if the campaign was removed, or if the school has no address for notices. */
  endpoint?: DeliveryEndpoint
  circuit: CircuitState
  /** Numbers of the school's free permits, in the order in which to try them. */
  freePermits: readonly number[]
  /** Seconds for which one attempt uses up a permit. */
  permitSpacingSeconds: number
}
/** `dueAt`: when an attempt may be made. `recheckAt`: when a permit may be free. */
export type NoDeliveryRoute =
  | { reason: 'circuit-open' | 'endpoint-disabled'; dueAt: string }
  | { reason: 'no-permit'; recheckAt: string }

// An attempt takes seconds, so a permit is free soon.
const permitRecheckSeconds = [1, 4] as const

/**
 * Returns the endpoint and the free permits for an attempt at `now`. If the endpoint is disabled, its circuit is open or
 * no permit is free, returns the reason and when to try again.
 */
export async function resolveEndpoint(
  delivery: StoredDelivery,
  now: string,
  { records, endpointHealth, random }: ResolveEndpointDependencies,
): Promise<DeliveryRoute | NoDeliveryRoute> {
  const { schoolId, campaignId } = delivery
  const [campaignRow, schoolRow, health] = await Promise.all([
    records.get('campaigns', campaignId),
    records.get('schools', schoolId),
    endpointHealth.getBySchool(schoolId),
  ])
  const currentCampaign = campaignRow && campaign.parse(campaignRow.body)
  const currentSchool = schoolRow && school.parse(schoolRow.body)
  const { endpoint, fallbackStartsAt } = chooseEndpoint(
    delivery,
    now,
    currentCampaign,
    currentSchool?.privacyNoticeEmail,
  )

  // A delivery on hold must not miss the start of its fallback email.
  const untilFallback = (dueAt: string) =>
    fallbackStartsAt !== undefined && fallbackStartsAt > now && fallbackStartsAt < dueAt ? fallbackStartsAt : dueAt
  if (endpoint && isDisabled(endpoint, campaignId, health.disabled))
    return { reason: 'endpoint-disabled', dueAt: untilFallback(addSeconds(now, disabledEndpointRecheckSeconds)) }
  const recheckAt = endpoint?.kind === 'webhook' ? findRecheckTime(health.circuit, now, random()) : undefined
  if (recheckAt !== undefined) return { reason: 'circuit-open', dueAt: untilFallback(recheckAt) }

  const { atOnce: maxConcurrent, perMinute } = (currentSchool ?? defaultSchool).deliveries
  const permits = isHalfOpen(health.circuit) ? [0] : Array.from({ length: maxConcurrent }, (_, number) => number)
  const freePermits = permits.filter((number) => (health.busyUntil[number] ?? '') <= now)
  if (freePermits.length === 0) return { reason: 'no-permit', recheckAt: computePermitRecheck(now, random()) }
  // Deliverers that run at once start with different permits.
  const first = Math.floor(random() * freePermits.length)
  return {
    ...(endpoint && { endpoint }),
    circuit: health.circuit,
    freePermits: [...freePermits.slice(first), ...freePermits.slice(0, first)],
    permitSpacingSeconds: perMinute === undefined ? 0 : (60 / perMinute) * maxConcurrent,
  }
}

/** The endpoint is the campaign's own for this kind of delivery, or its fallback email once a webhook has failed for long. */
function chooseEndpoint(
  { test, erases, failingSince }: StoredDelivery,
  now: string,
  currentCampaign: Campaign | undefined,
  noticeAddress: string | undefined,
): { endpoint: DeliveryEndpoint | undefined; fallbackStartsAt: string | undefined } {
  const leadEndpoint = (test ? currentCampaign?.testEndpoint : undefined) ?? currentCampaign?.endpoint
  const ownEndpoint = erases === undefined ? leadEndpoint : resolveNoticeEndpoint(leadEndpoint, noticeAddress)
  const fallbackStartsAt = computeFallbackStart(failingSince, ownEndpoint)
  const fallbackAddress =
    fallbackStartsAt !== undefined && fallbackStartsAt <= now && ownEndpoint?.kind === 'webhook'
      ? ownEndpoint.fallbackTo
      : undefined
  const endpoint = fallbackAddress === undefined ? ownEndpoint : ({ kind: 'email', to: fallbackAddress } as const)
  return { endpoint, fallbackStartsAt }
}

function isDisabled(endpoint: DeliveryEndpoint, campaignId: string, disabled: readonly DisabledEndpoint[]): boolean {
  const address = getEndpointAddress(endpoint)
  return disabled.some((one) => one.campaignId === campaignId && one.kind === endpoint.kind && one.address === address)
}

/** When to look for a free permit again: in 1 to 4 seconds. `randomFraction` is in [0, 1). */
export function computePermitRecheck(now: string, randomFraction: number): string {
  const [minSeconds, maxSeconds] = permitRecheckSeconds
  return addSeconds(now, minSeconds + (maxSeconds - minSeconds) * randomFraction)
}

export function getEndpointAddress(endpoint: DeliveryEndpoint): string {
  return endpoint.kind === 'email' ? endpoint.to : endpoint.url
}

const defaultSchool = { deliveries: { atOnce: 1, perMinute: undefined } }

/**
 * Returns where a notice (an event that is not a lead) goes. A webhook in the school's own request shape can carry only
 * leads, so that school's notices go by email. Absent if there is no address.
 */
function resolveNoticeEndpoint(
  leadEndpoint: DeliveryEndpoint | undefined,
  noticeAddress: string | undefined,
): DeliveryEndpoint | undefined {
  if (leadEndpoint?.kind === 'email') return leadEndpoint
  const address = noticeAddress ?? leadEndpoint?.fallbackTo
  if (!leadEndpoint || leadEndpoint.request) return address === undefined ? undefined : { kind: 'email', to: address }
  return { kind: 'webhook', url: leadEndpoint.url, ...(address !== undefined && { fallbackTo: address }) }
}
