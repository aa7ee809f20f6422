import { traceLogFields } from '#shared/domain/capture/traceparent.ts'
import { type AttemptResult, type AttemptVerdict, classifyAttempt } from '#shared/domain/delivery/classify-attempt.ts'
import type { Attempt } from '#shared/domain/delivery/delivery.ts'
import { addSeconds } from '#shared/domain/time.ts'
import type { DeliveryPointer } from '#shared/outbound/queue.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { LeaseRequest } from '#shared/store/delivery/deliveries.ts'
import type { LeasedDelivery, StoredDelivery } from '#shared/store/delivery/delivery-row.ts'
import { attemptDelivery } from './attempt-delivery.ts'
import { prepareRequest } from './prepare-request.ts'
import { computePermitRecheck, type DeliveryRoute, resolveEndpoint } from './resolve-endpoint.ts'
import { updateEndpointHealth } from './update-endpoint-health.ts'

export type DeliverLeadDependencies = Pick<
  Dependencies,
  | 'attemptTimes'
  | 'deliveries'
  | 'endpointHealth'
  | 'digests'
  | 'suppressions'
  | 'records'
  | 'webhookSecrets'
  | 'headerSecrets'
  | 'sealer'
  | 'postWebhook'
  | 'mail'
  | 'now'
  | 'newId'
  | 'random'
  | 'randomBytes'
  | 'log'
  | 'measure'
>

/**
 * One attempt at one delivery. The lease decides who makes it; the row, not the queue, remembers what came of it.
 * Whatever the school says, this returns: only a fault of ours throws, and the lease of it runs out.
 */
export async function deliverLead(
  { deliveryId }: Pick<DeliveryPointer, 'deliveryId'>,
  deps: DeliverLeadDependencies,
): Promise<void> {
  const startedAt = deps.now().toISOString()
  const delivery = await deps.deliveries.find(deliveryId)
  if (!delivery || delivery.state === 'erased' || delivery.dueAt === undefined || delivery.dueAt > startedAt)
    return logSkipped('not-due')

  const route = await resolveEndpoint(delivery, startedAt, deps)
  if ('reason' in route) {
    await ('dueAt' in route
      ? deps.deliveries.park(delivery, route.dueAt)
      : deps.deliveries.postpone(delivery, route.recheckAt))
    return logSkipped(route.reason)
  }
  const request = await prepareRequest(delivery, route, deps)
  const lease = await leaseWithPermit(route, delivery, { now: startedAt, shaped: request.shaped }, deps)
  if (lease === 'no-slot') {
    await deps.deliveries.postpone(delivery, computePermitRecheck(startedAt, deps.random()))
    return logSkipped('no-permit')
  }
  if (lease === 'left') return logSkipped('not-due')

  const result = await attemptDelivery(lease, route, request, deps)
  const endedAt = deps.now().toISOString()
  const verdict = classifyAttempt(result, lease, { endedAt, randomFraction: deps.random(), endpoint: route.endpoint })
  const attempt = buildAttempt(lease, result, verdict, { startedAt, endedAt })
  const settlement = await deps.deliveries.settle(lease, {
    ...toDeliveryChange(verdict),
    at: endedAt,
    permitFreeAt: computePermitRelease(route, { startedAt, endedAt }),
    attempt,
  })
  if (settlement === 'busy') throw new Error('The attempt could not be written; the delivery comes due again.')
  if (settlement === 'lost') return logSkipped('lease-lost')
  await updateEndpointHealth({ lease, route, result, verdict, attempt }, deps)

  function logSkipped(why: 'not-due' | 'lease-lost' | 'no-permit' | 'circuit-open' | 'endpoint-disabled') {
    deps.log('delivery.skipped', { deliveryId, why, ...traceLogFields(delivery?.traceparent) })
  }
}

const permitMarginSeconds = 5

async function leaseWithPermit(
  { freePermits }: DeliveryRoute,
  delivery: StoredDelivery,
  leaseInput: Pick<LeaseRequest, 'now' | 'shaped'>,
  deps: DeliverLeadDependencies,
) {
  const { deliveries, newId, attemptTimes } = deps
  const leaseDraft = {
    ...leaseInput,
    token: newId('attempt'),
    until: addSeconds(leaseInput.now, attemptTimes.leaseSeconds),
    // No attempt lives longer, and after a crash the school gets its place back the sooner.
    permitUntil: addSeconds(leaseInput.now, attemptTimes.deadlineSeconds + permitMarginSeconds),
  }
  for (const permit of freePermits) {
    const leased = await deliveries.lease(delivery, { ...leaseDraft, permitNumber: permit })
    if (leased !== 'no-slot') return leased
  }
  return 'no-slot'
}

type AttemptSpan = { startedAt: string; endedAt: string }

function buildAttempt(
  lease: LeasedDelivery,
  result: AttemptResult,
  { outcome }: AttemptVerdict,
  span: AttemptSpan,
): Attempt {
  const { means, retryAfter, isStopped, isOurFault, ...attemptFields } = result
  const { deliveryId, attempts: number, leaseToken: attemptId } = lease
  return { attemptId, deliveryId, number, ...span, ...attemptFields, outcome }
}

function toDeliveryChange({ finding, outcome, ...deliveryChange }: AttemptVerdict) {
  return deliveryChange
}

/** Slots in turn, each used once in `spacing` seconds, keep to the school's attempts per minute. */
function computePermitRelease(
  { permitSpacingSeconds: spacing }: DeliveryRoute,
  { startedAt, endedAt }: AttemptSpan,
): string {
  const spacedAt = addSeconds(startedAt, spacing)
  return spacedAt > endedAt ? spacedAt : endedAt
}
