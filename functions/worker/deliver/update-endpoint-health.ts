import { traceLogFields } from '#shared/domain/capture/traceparent.ts'
import { updateCircuit } from '#shared/domain/delivery/circuit-state.ts'
import type { AttemptResult, AttemptVerdict } from '#shared/domain/delivery/classify-attempt.ts'
import type { Attempt } from '#shared/domain/delivery/delivery.ts'
import type { SchoolAlert } from '#shared/platform/log.ts'
import type { LeasedDelivery } from '#shared/store/delivery/delivery-row.ts'
import type { DeliverLeadDependencies } from './deliver-lead.ts'
import { type DeliveryRoute, getEndpointAddress } from './resolve-endpoint.ts'

type CompletedAttempt = {
  lease: LeasedDelivery
  route: DeliveryRoute
  result: AttemptResult
  verdict: AttemptVerdict
  attempt: Attempt
}

/** What an attempt teaches about its school, once it is written: its pace, a closed endpoint, and whom to alert. */
export async function updateEndpointHealth(
  { lease, route, result, verdict, attempt }: CompletedAttempt,
  deps: DeliverLeadDependencies,
): Promise<void> {
  const { deliveryId, schoolId, campaignId } = lease
  const traceFields = traceLogFields(lease.traceparent)
  const { finding } = verdict
  const { endedAt, startedAt, number, stage, outcome } = attempt
  const ms = Date.parse(endedAt) - Date.parse(startedAt)
  deps.log('delivery.attempted', { deliveryId, schoolId, attempt: number, stage, outcome, ms, ...traceFields })
  const alert = findSchoolAlert({ lease, route, result, verdict })
  if (alert) {
    deps.log('school.alert', { why: alert, schoolId, campaignId, deliveryId, ...traceFields })
    deps.measure('SchoolAlerts', 1)
  }
  if (verdict.state === 'dead') deps.measure('DeliveriesFailed', 1)
  if (finding === 'ours') deps.measure('AttemptsFailedInternally', 1)
  if (finding === 'taken' && lease.deliveredAt === undefined && lease.erases === undefined) {
    deps.measure('DeliveriesDelivered', 1)
    deps.measure('TimeToDelivery', Date.parse(endedAt) - Date.parse(lease.createdAt))
  }

  if (finding === 'gone' && route.endpoint) {
    const address = getEndpointAddress(route.endpoint)
    await deps.endpointHealth.disable(schoolId, {
      campaignId,
      kind: route.endpoint.kind,
      address,
      why: 'gone',
      at: endedAt,
    })
  }
  const circuit = updateCircuit(route.circuit, result, finding, endedAt)
  if (circuit !== route.circuit && (circuit.failures > 0 || route.circuit.failures > 0))
    await deps.endpointHealth.saveCircuit(schoolId, circuit, route.circuit)
}

// The school hears of it before a fourth try, not only when all are used up.
const clientErrorsBeforeAlert = 3

function findSchoolAlert({
  lease,
  route,
  result: { status = 0 },
  verdict,
}: Omit<CompletedAttempt, 'attempt'>): SchoolAlert | undefined {
  // Nothing changes that but somebody who gives the school a mailbox.
  if (lease.erases !== undefined && !route.endpoint && lease.attempts === 1) return 'no-notice-address'
  if (verdict.state === 'dead' && verdict.finding !== 'stopped') return 'delivery-failed'
  if (verdict.finding === 'gone') return 'endpoint-gone'
  const isRefused = verdict.finding === 'failed' && status >= 400 && status < 500
  return isRefused &&
    verdict.countedFailures === clientErrorsBeforeAlert &&
    lease.countedFailures < clientErrorsBeforeAlert
    ? 'responses-4xx'
    : undefined
}
