import { traceLogFields } from '#shared/domain/capture/traceparent.ts'
import { type AttemptResult, type AttemptVerdict, classifyAttempt } from '#shared/domain/delivery/classify-attempt.ts'
import type { Attempt } from '#shared/domain/delivery/delivery.ts'
import { parseSchoolEvent, type SchoolEvent } from '#shared/domain/delivery/school-event.ts'
import type { DeliveryEndpoint } from '#shared/domain/routing/campaign.ts'
import { isOfferable } from '#shared/domain/routing/offer.ts'
import { addSeconds } from '#shared/domain/time.ts'
import type { DeliveryPointer } from '#shared/outbound/queue.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { LeasedDelivery, StoredDelivery } from '#shared/store/delivery/delivery-row.ts'
import type { Settlement } from '#shared/store/delivery/settle.ts'
import { type PreparePayloadDependencies, preparePayload } from './prepare-payload.ts'
import { type ReportAttemptDependencies, reportAttempt } from './report-attempt.ts'
import {
  computePermitRecheck,
  type DeliveryRoute,
  isSparePermit,
  type NoDeliveryRoute,
  type ResolveEndpointDependencies,
  resolveEndpoint,
} from './resolve-endpoint.ts'
import { type SendDeliveryDependencies, sendDelivery } from './send-delivery.ts'
import { type UpdateEndpointHealthDependencies, updateEndpointHealth } from './update-endpoint-health.ts'

type DeliverLeadDependencies = Pick<Dependencies, 'deliveries' | 'attemptTimes' | 'newId' | 'random' | 'now' | 'log'> &
  ResolveEndpointDependencies &
  PreparePayloadDependencies &
  SendDeliveryDependencies &
  ReportAttemptDependencies &
  UpdateEndpointHealthDependencies

/** `maxConcurrent`: how many attempts its school takes at once; absent if they are also spaced in time, which only rows can do. */
export type AttemptRequest = { kind: DeliveryEndpoint['kind']; maxConcurrent?: number }
/**
 * Says whether this process may make another attempt now. `with-permit`: it counts those of the school by itself, because no
 * other process makes any, so that the permit needs no row.
 */
export type Admit = (request: AttemptRequest) => 'refused' | 'admitted' | 'with-permit'

/**
 * Makes one attempt at one delivery, if it is due and its school has a free permit. The lease decides which deliverer
 * makes it, and the row, not the queue, records the result. If `admit` refuses, the delivery stays due. Returns whatever the school answers: when the delivery comes due again, if this call
 * has set that. @throws only on an internal fault; the lease then expires and the delivery comes due again.
 */
export async function deliverLead(
  { deliveryId }: Pick<DeliveryPointer, 'deliveryId'>,
  deps: DeliverLeadDependencies,
  admit: Admit = () => 'admitted',
): Promise<string | undefined> {
  const startedAt = deps.now().toISOString()
  const delivery = await deps.deliveries.find(deliveryId)
  if (!delivery || delivery.state === 'erased' || delivery.dueAt === undefined || delivery.dueAt > startedAt)
    return logSkipped('not-due')

  const event = parseSchoolEvent(delivery.body)
  const route = await resolveEndpoint(delivery, event, startedAt, deps)
  if ('reason' in route) {
    await deps.deliveries.park(delivery, route.dueAt)
    logSkipped(route.reason)
    return route.dueAt
  }
  const admission = route.endpoint ? admit(buildAttemptRequest(route.endpoint, route)) : 'admitted'
  if (admission === 'refused') return logSkipped('no-share')
  const permits = admission === 'with-permit' ? [undefined] : route.freePermits
  if (permits.length === 0) return waitForPermit(delivery)
  const payload = await preparePayload(delivery, event, route, deps)
  const lease = await leaseWithPermit(delivery, permits, { now: startedAt, shaped: payload.shaped }, deps)
  if (lease === 'no-permit') return waitForPermit(delivery)
  if (lease === 'not-leasable') return logSkipped('not-due')

  const result = await sendDelivery(lease, route, payload, deps)
  const endedAt = deps.now().toISOString()
  const verdict = classifyAttempt(result, lease, { endedAt, randomFraction: deps.random(), endpoint: route.endpoint })
  const attempt = buildAttempt(lease, result, verdict, { startedAt, endedAt })
  const { finding, outcome, ...deliveryFields } = verdict
  const settlement = await deps.deliveries.settle(lease, {
    ...deliveryFields,
    at: endedAt,
    ...(!leavesPermit(lease, route, verdict) && { permitFreeAt: computePermitRelease(route, { startedAt, endedAt }) }),
    attempt,
    ...buildBindingChanges(lease, event, { route, verdict, at: endedAt }, deps),
  })
  if (settlement === 'conflict') throw new Error('The attempt could not be written. The delivery will come due again.')
  if (settlement === 'lease-lost') return logSkipped('lease-lost')
  reportAttempt({ lease, route, result, verdict, attempt }, deps)
  await updateEndpointHealth({ lease, route, result, verdict, attempt }, deps)
  return verdict.dueAt

  async function waitForPermit(waitingDelivery: StoredDelivery) {
    const recheckAt = computePermitRecheck(startedAt, deps.random())
    await deps.deliveries.postpone(waitingDelivery, recheckAt)
    logSkipped('no-permit')
    return recheckAt
  }

  function logSkipped(why: NoDeliveryRoute['reason'] | 'no-permit' | 'not-due' | 'lease-lost' | 'no-share') {
    deps.log('delivery.skipped', { deliveryId, why, ...traceLogFields(delivery?.traceparent) })
    return undefined
  }
}

function buildAttemptRequest({ kind }: DeliveryEndpoint, { maxConcurrent, permitSpacingSeconds }: DeliveryRoute) {
  return { kind, ...(permitSpacingSeconds === 0 && { maxConcurrent }) }
}

const permitMarginSeconds = 5

async function leaseWithPermit(
  delivery: StoredDelivery,
  permitNumbers: readonly (number | undefined)[],
  { now, shaped }: { now: string; shaped: StoredDelivery['shaped'] },
  { deliveries, newId, attemptTimes }: DeliverLeadDependencies,
) {
  const leaseRequest = {
    now,
    shaped,
    token: newId('attempt'),
    until: addSeconds(now, attemptTimes.leaseSeconds),
    // No attempt outlives its deadline, so a crashed deliverer's permit can expire before its lease.
    permitUntil: addSeconds(now, attemptTimes.deadlineSeconds + permitMarginSeconds),
  }
  for (const permitNumber of permitNumbers) {
    const lease = await deliveries.lease(delivery, { ...leaseRequest, permitNumber })
    if (lease !== 'no-permit') return lease
  }
  return 'no-permit'
}

/**
 * What the records say about the delivery: why it was not sent, or through which other campaign it was. The lead of a
 * delivery that certainly never arrived goes back to routing, as long as its visitor expects a call.
 */
function buildBindingChanges(
  lease: LeasedDelivery,
  event: SchoolEvent,
  { route, verdict, at }: { route: DeliveryRoute; verdict: AttemptVerdict; at: string },
  { digests }: Pick<DeliverLeadDependencies, 'digests'>,
): Pick<Settlement, 'unbound' | 'reroute' | 'offersAgain'> {
  const { campaignId, rerouted, unbound } = route
  const { finding, state, uncertain } = verdict
  const isUnbound = finding === 'unbound' && unbound !== undefined
  const canBeOffered = isUnbound && state === 'dead' && !uncertain && isOfferable(lease.createdAt, at)
  const personDigests =
    canBeOffered && event.type === 'lead.created' ? Object.values(digests.hashPerson(event.data.contact)) : undefined
  return {
    ...(isUnbound && { unbound }),
    ...(rerouted && { reroute: { campaignId, because: rerouted, at } }),
    ...(personDigests && { offersAgain: { personDigests } }),
  }
}

type AttemptSpan = { startedAt: string; endedAt: string }

function buildAttempt(
  { deliveryId, attempts: number, leaseToken: attemptId }: LeasedDelivery,
  {
    means,
    retryAfter,
    isStopped,
    isOurFault,
    isEndpointGone,
    isUnbound,
    unknownMailboxes,
    ...attemptFields
  }: AttemptResult,
  { outcome }: AttemptVerdict,
  span: AttemptSpan,
): Attempt {
  return { attemptId, deliveryId, number, ...span, ...attemptFields, outcome }
}

/** A spare permit of a school that accepts its leads expires within seconds, so that its release would be a write for nothing. */
function leavesPermit({ permitNumber }: LeasedDelivery, route: DeliveryRoute, { state }: AttemptVerdict): boolean {
  const isSpare = permitNumber !== undefined && isSparePermit(permitNumber, route.maxConcurrent)
  return isSpare && route.permitSpacingSeconds === 0 && state === 'delivered'
}

/** Each permit is used once per `permitSpacingSeconds`, which limits the school's attempts per minute. */
function computePermitRelease({ permitSpacingSeconds }: DeliveryRoute, { startedAt, endedAt }: AttemptSpan): string {
  const spacedAt = addSeconds(startedAt, permitSpacingSeconds)
  return spacedAt > endedAt ? spacedAt : endedAt
}
