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
      'Leads and schools do not agree on who has what: a visitor may wait for a call that never comes. Ask for ' +
      '/v1/ops/reports/reconciliation, which names the leads.',
  },
  {
    metric: 'AuditFaults',
    statistic: 'Maximum',
    minutes: 5,
    threshold: 1,
    whenNotMeasured: 'as-before',
    whenItFails:
      'An audit entry was edited, removed or added outside of the program. Find audit.fault in the log of verify-audit, ' +
      'and compare with a backup.',
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
      'Five deliveries within the hour were given up after six days: schools did not get leads that they bought. Find ' +
      'the schools in the log, and replay once they are well.',
  },
  {
    metric: 'SchoolAlerts',
    statistic: 'Sum',
    minutes: 15,
    threshold: 1,
    whenNotMeasured: 'calm',
    whenItFails:
      'A school does not take its leads and may not know it: they wait for it. Find school.alert in the log of deliver, ' +
      'and write to the school.',
  },
  {
    metric: 'CreditAlerts',
    statistic: 'Sum',
    minutes: 15,
    threshold: 1,
    whenNotMeasured: 'calm',
    whenItFails:
      'A school has used 80 percent of its credit, or all of it and gets no leads. Find credit.alert in the log of ' +
      'credit, and ask the school to pay.',
  },
  {
    metric: 'AttemptsFailedInternally',
    statistic: 'Sum',
    minutes: 15,
    threshold: 5,
    whenNotMeasured: 'calm',
    whenItFails:
      'Deliveries fail by our own doing, such as names that do not resolve: schools get leads late, through no fault of ' +
      'theirs. Read the log of deliver.',
  },
]
