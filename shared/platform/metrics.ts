/** Everything that is measured, with the unit that CloudWatch shows. A metric carries no ids and nothing of a person. */
export const metrics = {
  LeadsSaved: 'Count',
  LeadsMatched: 'Count',
  DeliveriesDelivered: 'Count',
  DeliveriesDead: 'Count',
  AttemptsFailedByUs: 'Count',
  SchoolAlerts: 'Count',
  /** From the lead to the school's yes. */
  TimeToDelivery: 'Milliseconds',
  /** How long the delivery that has been due for longest has been so. */
  OldestDueAge: 'Seconds',
  /** Deliveries that one side of the books knows and the other does not. */
  ReconciliationDrift: 'Count',
} as const
/** Where CloudWatch keeps them. The stage is the one dimension. */
export const metricNamespace = 'Prospectus'
export const stageDimension = 'service'
export type Metric = keyof typeof metrics
export type Measure = (metric: Metric, value: number) => void
