import type { PublisherDeliveryState, PublisherOutcome } from '#shared/domain/capture/publisher-lead.ts'

/** Every text that only publishers read. */
export const publisherText = {
  title: 'Publisher page',
  keyLabel: 'Secret key',
  keyHelp: 'The secret key of your source, sk_..., which staff give you. It stays in this tab only.',
  keyRejected: 'That key isn’t valid. Use the secret key of your source, not the publishable one.',
  nav: { overview: 'Overview', leads: 'Leads', results: 'Results', statements: 'Payouts', posting: 'Send leads' },
} as const

export const sourceText = {
  paused: 'Your source is paused: its leads are refused. Ask your contact to resume it.',
  test: 'Your source is in test mode: each of its leads is a test.',
  closed: 'Outside your hours: leads that come now are kept, and no school gets them.',
  terms: 'Your terms',
  timeZone: 'Time zone',
  payout: 'Payout',
  noPayout: 'None agreed',
  fixed: (amount: string, per: 'lead' | 'school') => `${amount} for each ${per === 'lead' ? 'lead' : 'school'}`,
  share: (percent: string) => `${percent} of what each school pays`,
  paidOn: { accepted: 'once it is accepted', delivered: 'once it is delivered' },
  postback: 'Postbacks',
  noPostback: 'None; ask your contact to enter your address',
  caps: 'Your caps',
  noCaps: 'No caps: all your leads are offered to schools.',
} as const

export const leadsText = {
  intro: 'What became of your leads. Contact details are never shown here.',
  caption: 'Your leads, latest first',
  empty: 'No leads match. Choose another filter, or send a test lead.',
  outcome: 'Outcome',
  state: 'At a school',
  any: 'Any',
  columns: {
    received: 'Received',
    lead: 'Lead',
    outcome: 'Outcome',
    reasons: 'Reasons',
    schools: 'Schools',
    payout: 'Payout',
  },
  outcomes: {
    accepted: 'Accepted',
    unmatched: 'No match',
    duplicate: 'Duplicate',
    quarantined: 'In review',
    rejected: 'Rejected in review',
  } satisfies { [outcome in PublisherOutcome]: string },
  states: {
    waiting: 'Waiting',
    delivered: 'Delivered',
    returned: 'Returned',
    ended: 'Not delivered',
  } satisfies { [state in PublisherDeliveryState]: string },
  test: 'Test',
  deleted: 'Data deleted',
  withdrawn: 'Consent withdrawn',
  school: (name: string, state: string, reason: string | undefined) =>
    reason === undefined ? `${name}: ${state}` : `${name}: ${state} (${reason})`,
} as const

export const resultsText = {
  intro: 'What became of your leads and what they earned, by day and by a sub ID of yours. Test leads are left out.',
  since: 'From',
  subId: 'Sub ID',
  none: 'All leads',
  bySubId: 'By sub ID',
  byDay: 'By day',
  value: 'Value',
  without: '(none)',
  day: 'Day',
  total: 'Total',
  leads: 'Leads',
  accepted: 'Accepted',
  delivered: 'Delivered',
  returned: 'Returned',
  payout: 'Payout',
  counting: 'Counting…',
  empty: 'No leads since that day.',
  zone: (zone: string) => `Days are those of ${zone}.`,
} as const

export const payoutsText = {
  owed: (amount: string) => `${amount} is still to be paid to you.`,
  overpaid: (amount: string) => `You were paid ${amount} more than you earned.`,
} as const

export const postingText = {
  intro: 'How to send leads from your server. The fields come from the API that this page runs on.',
  steps: 'In two steps',
  match: '1. Ask which schools match. Nothing is stored. The answer has the consent text that names them.',
  send: '2. Show that text, let the visitor agree, and send the lead with the SHA-256 of the text. Use one Idempotency-Key for each form, the same for each retry.',
  consentTitle: 'Consent',
  consent: [
    'Show the consent text unchanged, next to a checkbox that is not checked.',
    'It names each school that gets the lead. If the visitor unchecks a school, send the others as schoolIds with the SHA-256 of the text for them.',
    'Never send a lead of a visitor who did not agree. A text of your own is possible, and must say the same.',
  ],
  fields: 'Fields of a lead',
  fieldsCaption: 'Each field of POST /v1/leads with its type and meaning',
  columns: { name: 'Field', type: 'Type', required: 'Required', description: 'Description' },
  required: 'Yes',
  optional: 'No',
  loading: 'Loading the fields…',
  unavailable: 'The fields could not be read. Reload the page.',
  testTitle: 'Send a test lead',
  testHelp:
    'Sends a real request with test: true. It is marked as a test, is never billed and does not count toward your caps.',
  testFields: {
    careerSlug: 'Career',
    zip: 'ZIP code',
    firstName: 'First name',
    lastName: 'Last name',
    email: 'Email',
    phone: 'Phone',
    subId: 'Sub ID sub1',
  },
  sendTest: 'Send test lead',
  testNeedsKey:
    'To send a test lead, sign in with the secret key of your source: leads are sent by programs, with a key.',
  noSchools: 'No school matches this career and ZIP code. The lead is sent all the same, to show the answer.',
  matchAnswer: 'Answer of POST /v1/matches',
  leadAnswer: 'Answer of POST /v1/leads',
  status: (status: string) => `Status ${status}`,
} as const
