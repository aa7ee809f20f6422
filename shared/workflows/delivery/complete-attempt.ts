import { type AttemptResult, type AttemptVerdict, classifyAttempt } from '../../domain/delivery/classify-attempt.ts'
import type { Attempt } from '../../domain/delivery/delivery.ts'
import type { SchoolEvent } from '../../domain/delivery/school-event.ts'
import { isOfferable } from '../../domain/routing/offer.ts'
import { addSeconds } from '../../domain/time.ts'
import type { Dependencies } from '../../platform/dependencies.ts'
import type { LeasedDelivery } from '../../store/delivery/delivery-row.ts'
import type { Settlement } from '../../store/delivery/settle.ts'
import { type ReportAttemptDependencies, reportAttempt } from './report-attempt.ts'
import { type DeliveryRoute, isSparePermit } from './resolve-endpoint.ts'
import { type UpdateEndpointHealthDependencies, updateEndpointHealth } from './update-endpoint-health.ts'

export type CompleteAttemptDependencies = Pick<Dependencies, 'deliveries' | 'digests'> &
  ReportAttemptDependencies &
  UpdateEndpointHealthDependencies
type AttemptSpan = { startedAt: string; endedAt: string }
type AttemptContext = AttemptSpan & { event: SchoolEvent; route: DeliveryRoute; randomFraction: number }

/**
 * Ends the lease of an attempt by its result: writes it, then reports it and updates the health of the endpoint. `randomFraction` is in [0, 1). @throws if the
 * attempt cannot be written; the lease then expires and the delivery comes due again.
 */
export async function completeAttempt(
  lease: LeasedDelivery,
  result: AttemptResult,
  { event, route, startedAt, endedAt, randomFraction }: AttemptContext,
  deps: CompleteAttemptDependencies,
): Promise<AttemptVerdict | 'lease-lost'> {
  const verdict = classifyAttempt(result, lease, { endedAt, randomFraction, endpoint: route.endpoint })
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
  if (settlement === 'lease-lost') return 'lease-lost'
  reportAttempt({ lease, route, result, verdict, attempt }, deps)
  await updateEndpointHealth({ lease, route, result, verdict, attempt }, deps)
  return verdict
}

/**
 * What the records say about the delivery: why it was not sent, or through which other campaign it was. The lead of a
 * delivery that certainly never arrived goes back to routing, as long as its visitor expects a call.
 */
function buildBindingChanges(
  lease: LeasedDelivery,
  event: SchoolEvent,
  { route, verdict, at }: { route: DeliveryRoute; verdict: AttemptVerdict; at: string },
  { digests }: Pick<Dependencies, 'digests'>,
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
