/** Every metric with its CloudWatch unit. A metric contains no ids and no personal data. */
export const metrics = {
  LeadsSaved: 'Count',
  LeadsMatched: 'Count',
  DeliveriesDelivered: 'Count',
  DeliveriesFailed: 'Count',
  AttemptsFailedInternally: 'Count',
  SchoolAlerts: 'Count',
  /** Schools that reached 80 or 100 percent of their credit. */
  CreditAlerts: 'Count',
  /** From the lead's submission to the school's acceptance. */
  TimeToDelivery: 'Milliseconds',
  /** The age of the oldest due delivery. */
  OldestDueAge: 'Seconds',
  /** The differences that reconciliation found. */
  ReconciliationDrift: 'Count',
  /** Audit entries that do not fit their hash chain. */
  AuditFaults: 'Count',
  /** Certificates that are not retained, whose attempts fail and whose deadline is near or past. */
  CertificatesAtRisk: 'Count',
  /** Rows of the calling rules that were not checked for a year. */
  StaleCallingRules: 'Count',
} as const
/** The CloudWatch namespace of all metrics. The stage is their only dimension. */
export const metricNamespace = 'Prospectus'
export const stageDimension = 'service'
export type Metric = keyof typeof metrics
export type Measure = (metric: Metric, value: number) => void
