import { type School, school } from '../../domain/catalog/school.ts'
import { type BindingFault, findCampaignFault, findSchoolFault, toSchoolOwner } from '../../domain/delivery/binding.ts'
import { type CircuitState, findRecheckTime, isHalfOpen } from '../../domain/delivery/circuit-state.ts'
import { listRecipients } from '../../domain/delivery/email-endpoint.ts'
import { type FileEndpoint, isFileEndpoint } from '../../domain/delivery/files/file-endpoint.ts'
import { isNotice } from '../../domain/delivery/notice.ts'
import { computeFallbackStart, disabledEndpointRecheckSeconds } from '../../domain/delivery/retry-schedule.ts'
import type { SchoolEvent } from '../../domain/delivery/school-event.ts'
import { findNextContactTime } from '../../domain/routing/calling/contact-window.ts'
import { type Campaign, campaign, type DeliveryEndpoint, type DirectEndpoint } from '../../domain/routing/campaign.ts'
import { addSeconds } from '../../domain/time.ts'
import type { Dependencies } from '../../platform/dependencies.ts'
import type { StoredDelivery } from '../../store/delivery/delivery-row.ts'
import type { DisabledEndpoint } from '../../store/delivery/endpoint-health-store.ts'
import type { Item } from '../../store/engine/engine.ts'
import { parseOnce } from '../../store/parse-once.ts'
import { findSubstituteCampaign } from './find-substitute-campaign.ts'

export type ResolveEndpointDependencies = Pick<Dependencies, 'records' | 'composed' | 'endpointHealth' | 'random'>

/** The endpoint for an attempt at a delivery now, and the permits that its school has free. */
export type DeliveryRoute = {
  /** Absent if the delivery is unbound, or if the school has no address for notices. */
  endpoint?: DeliveryEndpoint | undefined
  /** The campaign whose endpoint and secrets are used. */
  campaignId: string
  schoolTimeZone: string
  /** Why the endpoint is not that of the delivery's own campaign. */
  rerouted?: BindingFault
  /** Why nothing may be sent to anyone. */
  unbound?: BindingFault
  circuit: CircuitState
  /** How many attempts the school takes at once: one if its circuit is half-open. */
  maxConcurrent: number
  /** Numbers of the school's free permits, in the order in which to try them: spare ones first. */
  freePermits: readonly number[]
  /** Seconds for which one attempt uses up a permit. */
  permitSpacingSeconds: number
}
/** Of a lead that is sent by itself. */
export type DirectRoute = Omit<DeliveryRoute, 'endpoint'> & { endpoint?: DirectEndpoint | undefined }
/** `dueAt`: when an attempt may be made. */
export type NoDeliveryRoute = { reason: 'circuit-open' | 'endpoint-disabled' | 'outside-calling-hours'; dueAt: string }

// An attempt takes seconds, so a permit is free soon.
const permitRecheckSeconds = [1, 4] as const

/**
 * Returns the endpoint and the free permits for an attempt at `now`. If the endpoint is disabled, its circuit is open,
 * or the visitor may not be called now and the campaign waits for that, returns the reason and when to try again. A delivery whose binding no longer holds waits for none.
 */
export async function resolveEndpoint(
  delivery: StoredDelivery,
  event: SchoolEvent,
  now: string,
  deps: ResolveEndpointDependencies,
): Promise<DeliveryRoute | NoDeliveryRoute> {
  const { endpointHealth, random } = deps
  const [{ currentSchool, ...boundRoute }, health] = await Promise.all([
    resolveBoundCampaign(delivery, event, deps),
    endpointHealth.getBySchool(toSchoolOwner(delivery)),
  ])
  const { campaignId, unbound } = boundRoute
  const callableAt = unbound ? now : findCallingTime(delivery, event, now, boundRoute.campaign)
  if (callableAt > now) return { reason: 'outside-calling-hours', dueAt: callableAt }
  const noticeAddress = unbound ? undefined : currentSchool?.privacyNoticeEmail
  const { endpoint: chosen, fallbackStartsAt } = chooseEndpoint(delivery, now, boundRoute.campaign, noticeAddress)

  // A delivery on hold must not miss the start of its fallback email.
  const untilFallback = (dueAt: string) =>
    fallbackStartsAt !== undefined && fallbackStartsAt > now && fallbackStartsAt < dueAt ? fallbackStartsAt : dueAt
  const endpoint = chosen && removeDisabled(chosen, campaignId, health.disabled)
  if (chosen && !endpoint)
    return { reason: 'endpoint-disabled', dueAt: untilFallback(addSeconds(now, disabledEndpointRecheckSeconds)) }
  const recheckAt = endpoint?.kind === 'webhook' ? findRecheckTime(health.circuit, now, random()) : undefined
  if (recheckAt !== undefined) return { reason: 'circuit-open', dueAt: untilFallback(recheckAt) }

  const { timeZone, deliveries } = currentSchool ?? defaultSchool
  const { atOnce, perMinute } = deliveries
  const maxConcurrent = isHalfOpen(health.circuit) ? 1 : atOnce
  const permits = Array.from({ length: maxConcurrent }, (_, number) => number)
  const freePermits = permits.filter((number) => (health.busyUntil[number] ?? '') <= now)
  const sparePermits = freePermits.filter((number) => isSparePermit(number, maxConcurrent))
  const otherPermits = freePermits.filter((number) => !isSparePermit(number, maxConcurrent))
  return {
    ...(endpoint && { endpoint }),
    campaignId,
    schoolTimeZone: timeZone,
    ...(boundRoute.rerouted && { rerouted: boundRoute.rerouted }),
    ...(unbound && { unbound }),
    circuit: health.circuit,
    maxConcurrent,
    freePermits: [sparePermits, otherPermits].flatMap((numbers) => startAnywhere(numbers, random())),
    permitSpacingSeconds: perMinute === undefined ? 0 : (60 / perMinute) * atOnce,
  }
}

type BoundCampaign = {
  campaignId: string
  campaign?: Campaign
  rerouted?: BindingFault
  unbound?: BindingFault
  currentSchool?: School
}

/**
 * Compares the binding of a delivery with the records as they are now. The campaign is read before the school, so that
 * an endpoint that is changed after the legal name is never used under the old name.
 */
async function resolveBoundCampaign(
  delivery: StoredDelivery,
  event: SchoolEvent,
  { records, composed }: Pick<ResolveEndpointDependencies, 'records' | 'composed'>,
): Promise<BoundCampaign> {
  const { schoolId, campaignId } = delivery
  const ownRecord = await records.get('campaigns', campaignId)
  const ownCampaign = ownRecord && parseCampaign(ownRecord.body)
  const campaignFault = findCampaignFault(
    delivery,
    ownCampaign && { schoolId: ownCampaign.schoolId, generation: ownRecord?.generation },
  )
  const substitute = campaignFault && (await findSubstituteCampaign(delivery, { records, composed }))
  const schoolRecord = await records.get('schools', schoolId)
  const currentSchool = schoolRecord && parseSchool(schoolRecord.body)
  const consent = event.type === 'lead.created' ? event.data.consent : undefined
  const schoolFault = findSchoolFault(
    delivery,
    consent,
    currentSchool && { ...currentSchool, generation: schoolRecord?.generation },
  )
  if (schoolFault) return { campaignId, unbound: schoolFault, ...(currentSchool && { currentSchool }) }
  const common = currentSchool ? { currentSchool } : {}
  if (!campaignFault) return { campaignId, ...common, ...(ownCampaign && { campaign: ownCampaign }) }
  if (substitute) return { ...substitute, rerouted: campaignFault, ...common }
  // A notice still has the school's own address for notices.
  return { campaignId, ...common, ...(!isNotice(delivery) && { unbound: campaignFault }) }
}

/** When the lead may be sent next if its campaign waits until the visitor may be called. Notices and test leads never wait. */
function findCallingTime({ test }: StoredDelivery, event: SchoolEvent, now: string, current: Campaign | undefined) {
  const waits = current?.waitForCallingHours && !test && event.type === 'lead.created'
  return waits ? findNextContactTime(event.data.contact, now) : now
}

const parseCampaign = parseOnce((body: Item) => campaign.parse(body))
const parseSchool = parseOnce((body: Item) => school.parse(body))

/** The endpoint is the campaign's own for this kind of delivery, or its fallback email once a webhook has failed for long. */
function chooseEndpoint(
  delivery: StoredDelivery,
  now: string,
  currentCampaign: Campaign | undefined,
  noticeAddress: string | undefined,
): { endpoint: DeliveryEndpoint | undefined; fallbackStartsAt: string | undefined } {
  const { test, failingSince } = delivery
  const leadEndpoint = (test ? currentCampaign?.testEndpoint : undefined) ?? currentCampaign?.endpoint
  const ownEndpoint = isNotice(delivery) ? resolveNoticeEndpoint(leadEndpoint, noticeAddress) : leadEndpoint
  const fallbackStartsAt = computeFallbackStart(failingSince, ownEndpoint)
  const fallbackAddress =
    fallbackStartsAt !== undefined && fallbackStartsAt <= now && ownEndpoint?.kind === 'webhook'
      ? ownEndpoint.fallbackTo
      : undefined
  const endpoint = fallbackAddress === undefined ? ownEndpoint : ({ kind: 'email', to: fallbackAddress } as const)
  return { endpoint, fallbackStartsAt }
}

/** An email goes to those of its recipients that are not disabled. Undefined if nothing is left. */
function removeDisabled(
  endpoint: DeliveryEndpoint,
  campaignId: string,
  disabled: readonly DisabledEndpoint[],
): DeliveryEndpoint | undefined {
  if (endpoint.kind === 'webhook') {
    const isDisabled = disabled.some(
      (one) => one.kind === 'webhook' && one.address === endpoint.url && one.campaignId === campaignId,
    )
    return isDisabled ? undefined : endpoint
  }
  if (endpoint.kind === 'sftp') return endpoint
  const closed = new Set(disabled.flatMap(({ kind, address }) => (kind === 'email' ? [address.toLowerCase()] : [])))
  const to = listRecipients(endpoint).filter((address) => !closed.has(address.toLowerCase()))
  const [only] = to
  return only === undefined ? undefined : { ...endpoint, to: to.length === 1 ? only : to }
}

/**
 * Whether a permit may be left to expire after an attempt, so that it need not be released: those in the upper half of the numbers.
 * A school always has the others at once, also the one that it has while its circuit is half-open.
 */
export function isSparePermit(number: number, maxConcurrent: number): boolean {
  return number >= Math.ceil(maxConcurrent / 2)
}

/** Deliverers that run at once start with different permits. `randomFraction` is in [0, 1). */
function startAnywhere(numbers: readonly number[], randomFraction: number): number[] {
  const first = Math.floor(randomFraction * numbers.length)
  return [...numbers.slice(first), ...numbers.slice(0, first)]
}

/** When to look for a free permit again: in 1 to 4 seconds. `randomFraction` is in [0, 1). */
export function computePermitRecheck(now: string, randomFraction: number): string {
  const [minSeconds, maxSeconds] = permitRecheckSeconds
  return addSeconds(now, minSeconds + (maxSeconds - minSeconds) * randomFraction)
}

const defaultSchool = { timeZone: 'UTC', deliveries: { atOnce: 1, perMinute: undefined } }

/**
 * Returns where a notice (an event that is not a lead) goes. A webhook in the school's own request shape can carry only
 * leads, so that school's notices go by email. Absent if there is no address.
 */
function resolveNoticeEndpoint(
  leadEndpoint: DeliveryEndpoint | undefined,
  noticeAddress: string | undefined,
): DeliveryEndpoint | undefined {
  if (leadEndpoint?.kind === 'email') return leadEndpoint
  if (leadEndpoint && isFileEndpoint(leadEndpoint)) return resolveFileNotice(leadEndpoint, noticeAddress)
  const address = noticeAddress ?? leadEndpoint?.fallbackTo
  if (!leadEndpoint || leadEndpoint.request) return address === undefined ? undefined : { kind: 'email', to: address }
  return { kind: 'webhook', url: leadEndpoint.url, ...(address !== undefined && { fallbackTo: address }) }
}

function resolveFileNotice(endpoint: FileEndpoint, noticeAddress: string | undefined): DeliveryEndpoint | undefined {
  const to = noticeAddress ?? (endpoint.kind === 'email-file' ? endpoint.to : undefined)
  return to === undefined ? undefined : { kind: 'email', to }
}
