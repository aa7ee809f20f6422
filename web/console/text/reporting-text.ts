import { attentionTitles } from '#shared/domain/reporting/attention-titles.ts'

export const overviewText = {
  title: 'Overview',
  refresh: 'Refresh',
  byHour: 'Leads by hour',
  noLeads: (isToday: boolean) =>
    isToday
      ? 'No leads today yet. Try the form on a landing page, or '
      : 'No leads on this day. Try the form on a landing page, or ',
  explain: 'preview which schools a visitor sees',
  leads: 'Leads',
  outcomes: { accepted: 'Accepted', unmatched: 'No match', duplicate: 'Duplicate' },
  testLeads: (count: string) => `plus ${count} test leads`,
  medianDeliveryTime: 'Median delivery time',
  percentile95: (duration: string) => `95th percentile: ${duration}`,
  atMost: (duration: string) => `≤ ${duration}`,
  overADay: 'over 1 day',
  chart: (day: string) => `Leads on ${day} by hour. The table below has the same data.`,
  asTable: 'View as table',
  chartTable: (day: string) => `Leads on ${day} by hour`,
  hour: 'Hour',
  noneByHour: 'No leads.',
} as const

export const attentionText = {
  title: 'Needs attention',
  allClear: 'All clear',
  hostFaults: attentionTitles,
  since: 'Since',
  faultOf: (name: string, fault: string) => `${fault}: ${name}`,
  reason: (reason: string) => `(${reason})`,
  atStake: (amount: string) => `${amount} at stake`,
  differences: (count: string, isOne: boolean) =>
    isOne ? `${count} reconciliation difference` : `${count} reconciliation differences`,
  differencesHelp: 'Leads and deliveries don’t match. This is our error, not a school’s. Check the leads.',
  failed: (count: string, isOne: boolean) => (isOne ? `${count} failed delivery` : `${count} failed deliveries`),
  failedHelp: 'They won’t be retried. Fix the endpoint with the school, then replay them.',
  inReview: (count: string, isOne: boolean) => (isOne ? `${count} lead in review` : `${count} leads in review`),
  inReviewHelp: 'Release or reject them.',
  returns: (count: string, isOne: boolean) => (isOne ? `${count} credit request` : `${count} credit requests`),
  returnsHelp: 'Waiting for your decision.',
  untakenWork: (count: string, isOne: boolean) =>
    isOne ? `${count} lead worked without delivery` : `${count} leads worked without delivery`,
  untakenWorkHelp: 'A school is working a lead that it rejected or never received. Ask how it got the contact details.',
  rejectedInbound: (count: string, isOne: boolean) =>
    isOne ? `${count} lead of a lead form not taken` : `${count} leads of lead forms not taken`,
  rejectedInboundHelp: 'Fix the form of the source, then import the leads from the platform.',
  onHold: (count: string, isOne: boolean) => (isOne ? `${count} delivery on hold` : `${count} deliveries on hold`),
  onHoldHelp: 'Waiting for business hours or for a disabled endpoint.',
  credit: (count: string, isOne: boolean, name: string | undefined) =>
    isOne ? `${name ?? count} is running out of credit` : `${count} schools are running out of credit`,
  creditHelp:
    'At least 80 percent is used; at 100 percent they get no leads. Ask them to pay, then raise their credit limit.',
  schoolCaps: (count: string, isOne: boolean) =>
    isOne
      ? `${count} school reached a cap across all campaigns`
      : `${count} schools reached a cap across all campaigns`,
  schoolCapsHelp: 'They get no leads until the cap resets or is raised.',
  campaignCaps: (count: string, isOne: boolean) =>
    isOne ? `${count} campaign reached a cap` : `${count} campaigns reached a cap`,
  campaignCapsHelp:
    'If the school bought no more than this, no action is needed. Otherwise, ask whether it wants more.',
  lastReconciled: 'Last reconciled',
  viewReconciliation: 'View reconciliation',
  notReconciled: 'Not reconciled yet. Today and yesterday are reconciled every hour.',
} as const

export const reconciliationText = {
  title: 'Reconciliation',
  noDifferences: 'Every lead is accounted for.',
  differences: (count: string) =>
    `${count} differences. This is our error, not a school’s: no lead is lost, but a record about it is wrong.`,
  leads: 'From leads',
  deliveries: 'From deliveries',
  leadCounts: {
    received: 'Received',
    promised: 'Routed deliveries',
    unpromised: 'Not routed',
  },
  deliveryCounts: {
    delivered: 'Delivered',
    inFlight: 'In transit',
    parked: 'On hold',
    unmatched: 'No match',
    dead: 'Failed',
    rejected: 'Rejected',
    erased: 'Deleted',
  },
  caption: 'Differences',
  empty: 'No differences listed.',
  kinds: {
    'missing-delivery': 'Routed to a school, but not in its list',
    'unexpected-delivery': 'In a school’s list, but not routed to it',
    'accepted-without-delivery': 'Accepted, but no school has it',
    'unmatched-with-delivery': 'No match, but a school has it',
  },
  columns: { kind: 'Difference', lead: 'Lead', school: 'School', delivery: 'Delivery' },
  finished: 'Last reconciled',
  until: 'Includes decisions until',
  notReconciled: 'This day hasn’t been reconciled yet. Today and yesterday are reconciled every hour.',
} as const

export const reportText = {
  title: 'Reports',
  by: 'Group by',
  groups: {
    daily: 'Day',
    schools: 'School',
    sources: 'Source',
    campaigns: 'Campaign',
    programs: 'Program',
    careers: 'Career',
    states: 'State of the visitor',
    reasons: 'Reason',
    'sub-ids': 'Sub-ID',
    'utm-sources': 'UTM source',
    'utm-campaigns': 'UTM campaign',
    dispositions: 'Furthest status',
    hours: 'Hour',
  },
  caption: (from: string, to: string, group: string) => `Leads received ${from} to ${to}, by: ${group}`,
  otherValues: 'All others',
  noDisposition: 'No status yet',
  help: (zone: string) =>
    `Each lead counts on the day it was received, including later updates. Days and hours are those of ${zone}; you can choose another time zone at the foot of the page. Test leads are excluded.`,
  reasonsHelp:
    'Why schools were passed over in the latest decision on a lead. A lead counts once for each reason, so the rows have no total.',
  labelsHelp: (count: number) =>
    `Each source has a row for the ${count} values that most of its leads of a day have. Identifiers of clicks, and labels with an email address, are not counted.`,
  total: 'Total',
  empty: 'Nothing has been counted for these days yet. Reports are updated every hour.',
  asOf: 'Updated',
  missingDay: (days: string) => `One day has not been counted yet and is not included: ${days}`,
  missingDays: (count: string, days: string) => `${count} days have not been counted yet and are not included: ${days}`,
  columns: {
    leads: 'Leads',
    accepted: 'Acceptance rate',
    sent: 'Sent',
    delivered: 'Delivered',
    deliveryRate: 'Delivery rate',
    contacted: 'Contacted',
    applied: 'Applied',
    enrolled: 'Enrolled',
    returned: 'Returned',
    revenue: 'Revenue',
    netRevenue: 'Net revenue',
    payout: 'Payout',
    margin: 'Margin',
  },
} as const

export const economicsText = {
  title: 'Per lead received',
  revenue: 'Net revenue',
  payout: 'Payout',
  margin: 'Margin',
  run: 'Cost to run',
  runCost: (perLead: string, all: string) => `about ${perLead} (${all} for all of these)`,
  help: (day: string) =>
    `The cost to run is an estimate for AWS, from counted units and the list prices of ${day}, without recounts, storage and what a stage costs when it is idle.`,
} as const

export const dayText = {
  day: 'Day',
  dayIn: (zone: string) => `Day (${zone})`,
  dayUtc: 'Day (UTC)',
  previous: 'Previous day',
  next: 'Next day',
  days: (zone: string) => `Days (${zone})`,
  from: (zone: string) => `From (${zone})`,
  to: (zone: string) => `To (${zone})`,
  last: (days: number) => `Last ${days} days`,
} as const
