import type { Metric } from '#shared/platform/metrics.ts'

type MetricAlarm = {
  metric: Metric
  statistic: 'Sum' | 'Maximum'
  /** The period of the statistic. */
  minutes: number
  threshold: number
  /** `as-before` keeps the alarm's state until the next measurement, for metrics that are measured once an hour. */
  whenNotMeasured: 'as-before' | 'calm'
  whenItFails: string
}

/** The alarms on metrics of the product. Each has a runbook in docs/operations.md. */
export const metricAlarms: readonly MetricAlarm[] = [
  {
    metric: 'ReconciliationDrift',
    statistic: 'Maximum',
    minutes: 5,
    threshold: 1,
    whenNotMeasured: 'as-before',
    whenItFails:
      'Leads and the lists of schools do not match: a visitor may wait for a call that never comes. Read ' +
      '/v1/ops/reports/reconciliation to see which leads differ.',
  },
  {
    metric: 'AuditFaults',
    statistic: 'Maximum',
    minutes: 5,
    threshold: 1,
    whenNotMeasured: 'as-before',
    whenItFails:
      'An audit entry or a proof of consent was edited, removed or added directly in the database. Find audit.fault in the log of verify-audit, ' +
      'and compare with a backup.',
  },
  {
    metric: 'StaleCallingRules',
    statistic: 'Maximum',
    minutes: 5,
    threshold: 1,
    whenNotMeasured: 'as-before',
    whenItFails:
      'Rows of the calling rules were not checked for a year, so schools may be told wrong hours. Find calling_rules.stale in ' +
      'the log of reconcile, and upgrade or check these states yourself.',
  },
  {
    metric: 'OldestDueAge',
    statistic: 'Maximum',
    minutes: 5,
    threshold: 15 * 60,
    whenNotMeasured: 'calm',
    whenItFails:
      'A delivery has been due for over 15 minutes: visitors wait, and a school gets its leads late. Look at the queue ' +
      'and at the log of deliver.',
  },
  {
    metric: 'DeliveriesFailed',
    statistic: 'Sum',
    minutes: 60,
    threshold: 5,
    whenNotMeasured: 'calm',
    whenItFails:
      'Five deliveries failed for good within an hour: schools did not get leads that they bought. Find the schools in the ' +
      'log, and replay the deliveries once their endpoints work.',
  },
  {
    metric: 'SchoolAlerts',
    statistic: 'Sum',
    minutes: 15,
    threshold: 1,
    whenNotMeasured: 'calm',
    whenItFails:
      'A school is not accepting its leads and may not know it. The leads are on hold. Find school.alert in the log of ' +
      'deliver, and contact the school.',
  },
  {
    metric: 'CertificatesAtRisk',
    statistic: 'Maximum',
    minutes: 15,
    threshold: 1,
    whenNotMeasured: 'calm',
    whenItFails:
      'Certificates of leads are not retained, and the vendor deletes them soon: the proof of how consent was given would be lost. Find ' +
      'certificate.checked in the log of certify, and check the account at the vendor.',
  },
  {
    metric: 'CreditAlerts',
    statistic: 'Sum',
    minutes: 15,
    threshold: 1,
    whenNotMeasured: 'calm',
    whenItFails:
      'A school has used at least 80 percent of its credit; at 100 percent it gets no leads. Find credit.alert in the log of ' +
      'credit, and ask the school to pay.',
  },
  {
    metric: 'AttemptsFailedInternally',
    statistic: 'Sum',
    minutes: 15,
    threshold: 5,
    whenNotMeasured: 'calm',
    whenItFails:
      'Deliveries fail because of errors on our side, such as names that do not resolve. Schools get their leads late. ' +
      'Read the log of deliver.',
  },
]
