import { traceLogFields } from '#shared/domain/capture/traceparent.ts'
import { isFileEndpoint } from '#shared/domain/delivery/files/file-endpoint.ts'
import { parseSchoolEvent } from '#shared/domain/delivery/school-event.ts'
import type { DirectEndpoint } from '#shared/domain/routing/campaign.ts'
import { addSeconds } from '#shared/domain/time.ts'
import type { DeliveryPointer } from '#shared/outbound/queue.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { StoredDelivery } from '#shared/store/delivery/delivery-row.ts'
import { type CompleteAttemptDependencies, completeAttempt } from '#shared/workflows/delivery/complete-attempt.ts'
import {
  computePermitRecheck,
  type DeliveryRoute,
  type NoDeliveryRoute,
  type ResolveEndpointDependencies,
  resolveEndpoint,
} from '#shared/workflows/delivery/resolve-endpoint.ts'
import { type JoinFileDependencies, joinFile } from './join-file.ts'
import { type PreparePayloadDependencies, preparePayload } from './prepare-payload.ts'
import { type SendDeliveryDependencies, sendDelivery } from './send-delivery.ts'

type DeliverLeadDependencies = Pick<Dependencies, 'deliveries' | 'attemptTimes' | 'newId' | 'random' | 'now' | 'log'> &
  ResolveEndpointDependencies &
  PreparePayloadDependencies &
  SendDeliveryDependencies &
  JoinFileDependencies &
  CompleteAttemptDependencies

/** `maxConcurrent`: how many attempts its school takes at once; absent if they are also spaced in time, which only rows can do. */
export type AttemptRequest = { kind: DirectEndpoint['kind']; maxConcurrent?: number }
/**
 * Says whether this process may make another attempt now. `with-permit`: it counts those of the school by itself, because no
 * other process makes any, so that the permit needs no row.
 */
export type Admit = (request: AttemptRequest) => 'refused' | 'admitted' | 'with-permit'

/**
 * Makes one attempt at one delivery, if it is due and its school has a free permit. A lead that goes in a file joins it instead. The lease decides which deliverer
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
  const { endpoint } = route
  if (endpoint && isFileEndpoint(endpoint)) return joinFile(delivery, { ...route, endpoint }, startedAt, deps)
  const directRoute = { ...route, endpoint }
  const admission = endpoint ? admit(buildAttemptRequest(endpoint, route)) : 'admitted'
  if (admission === 'refused') return logSkipped('no-share')
  const permits = admission === 'with-permit' ? [undefined] : route.freePermits
  if (permits.length === 0) return waitForPermit(delivery)
  const payload = await preparePayload(delivery, event, route, deps)
  const lease = await leaseWithPermit(delivery, permits, { now: startedAt, shaped: payload.shaped }, deps)
  if (lease === 'no-permit') return waitForPermit(delivery)
  if (lease === 'not-leasable') return logSkipped('not-due')

  const result = await sendDelivery(lease, directRoute, payload, deps)
  const span = { startedAt, endedAt: deps.now().toISOString() }
  const context = { event, route, ...span, randomFraction: deps.random() }
  const verdict = await completeAttempt(lease, result, context, deps)
  return verdict === 'lease-lost' ? logSkipped('lease-lost') : verdict.dueAt

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

function buildAttemptRequest({ kind }: DirectEndpoint, { maxConcurrent, permitSpacingSeconds }: DeliveryRoute) {
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
