import { traceLogFields } from '../../domain/capture/traceparent.ts'
import type { AttemptResult, AttemptVerdict } from '../../domain/delivery/classify-attempt.ts'
import { type Attempt, isByEmail } from '../../domain/delivery/delivery.ts'
import { isMissingHost } from '../../domain/delivery/network-faults.ts'
import { isNotice } from '../../domain/delivery/notice.ts'
import type { Dependencies } from '../../platform/dependencies.ts'
import type { SchoolAlert } from '../../platform/log.ts'
import type { LeasedDelivery } from '../../store/delivery/delivery-row.ts'
import type { DeliveryRoute } from './resolve-endpoint.ts'

export type ReportAttemptDependencies = Pick<Dependencies, 'log' | 'measure'>

export type CompletedAttempt = {
  lease: LeasedDelivery
  route: DeliveryRoute
  result: AttemptResult
  verdict: AttemptVerdict
  attempt: Attempt
}

/** Logs and measures an attempt that has been written, and alerts staff if they must talk to the school. */
export function reportAttempt(completedAttempt: CompletedAttempt, deps: ReportAttemptDependencies): void {
  const { lease, verdict, attempt } = completedAttempt
  const { deliveryId, schoolId, campaignId } = lease
  const { endedAt, startedAt, number, stage: attemptStage, outcome } = attempt
  const traceFields = traceLogFields(lease.traceparent)
  const ms = Date.parse(endedAt) - Date.parse(startedAt)
  deps.log('delivery.attempted', { deliveryId, schoolId, attempt: number, attemptStage, outcome, ms, ...traceFields })
  const alert = findSchoolAlert(completedAttempt)
  if (alert) {
    deps.log('school.alert', { why: alert, schoolId, campaignId, deliveryId, ...traceFields })
    deps.measure('SchoolAlerts', 1)
  }
  if (verdict.state === 'dead') deps.measure('DeliveriesFailed', 1)
  if (verdict.finding === 'internal-fault') deps.measure('AttemptsFailedInternally', 1)
  if (verdict.finding === 'accepted' && lease.deliveredAt === undefined && !isNotice(lease)) {
    deps.measure('DeliveriesDelivered', 1)
    deps.measure('TimeToDelivery', Date.parse(endedAt) - Date.parse(lease.createdAt))
  }
}

// Staff hear of a misconfigured endpoint after three attempts, long before the retries are exhausted.
const clientErrorsBeforeAlert = 3
// The second shows that it was no accident, and each further one is another copy for the school.
const unclearResponsesBeforeAlert = 2
// A greylisted email is taken after a few minutes; a full mailbox is reported within the hour.
const mailFailuresBeforeAlert = 5
// The third is half a minute later, so that a restart of the server alerts no one.
const sftpFailuresBeforeAlert = 3

function findSchoolAlert({ lease, route, result, verdict }: CompletedAttempt): SchoolAlert | undefined {
  const { status = 0 } = result
  // Retries cannot succeed until staff give the school an address for notices, so the first attempt alerts.
  if (isNotice(lease) && !route.endpoint && lease.attempts === 1) return 'no-notice-address'
  if (verdict.finding === 'unbound') return 'delivery-unbound'
  if (verdict.state === 'dead' && verdict.finding !== 'stopped') return 'delivery-failed'
  if (verdict.finding === 'endpoint-gone') return result.kind === 'webhook' ? 'endpoint-gone' : 'mail-bounced'
  // The others have the lead; this mailbox is left out until staff save the campaign again.
  if (result.unknownMailboxes) return 'mail-bounced'
  // The circuit breaker keeps these few.
  if (verdict.finding === 'failed' && isMissingHost(result)) return 'host-not-found'
  if (verdict.finding === 'unclear' && verdict.unclearResponses === unclearResponsesBeforeAlert)
    return 'response-unclear'
  const hasReached = (failures: number) =>
    verdict.finding === 'failed' && verdict.countedFailures >= failures && lease.countedFailures < failures
  if (isByEmail(result.kind) && hasReached(mailFailuresBeforeAlert)) return 'mail-refused'
  if (result.kind === 'sftp' && hasReached(sftpFailuresBeforeAlert)) return 'sftp-refused'
  const isClientError = status >= 400 && status < 500
  return isClientError && hasReached(clientErrorsBeforeAlert) ? 'responses-4xx' : undefined
}
