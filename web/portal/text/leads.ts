import type { MaskReason } from '#shared/domain/capture/lead-access.ts'
import type { DeliveryState } from '#shared/domain/delivery/delivery.ts'

export const leadText = {
  title: 'Your leads',
  caption: 'Leads, newest first',
  region: 'Leads',
  allLeads: 'All leads',
  backToList: 'Back to filtered leads',
  columns: {
    name: 'Name',
    status: 'Status',
    delivery: 'Delivery',
    received: 'Received',
    program: 'Program',
    state: 'State',
  },
  since: 'Since',
  clearFilters: 'Clear filters',
  noStatus: 'No status yet',
  noneYet: 'No matching leads so far. Show more to look further back.',
  noMatch: 'No leads match these filters. Clear the filters to see all leads.',
  noLeads:
    'No leads yet. New leads appear here right away, even if your system is down. To see how a lead arrives, open a ' +
    'campaign and send a test lead.',
  deletedPerson: 'Deleted person',
  testNotice: 'This is a test lead. It isn’t a real person, and there is no charge.',
  deletedNotice: 'This person asked for their data to be deleted. Delete your copy of this lead, too.',
  contact: 'Contact',
  program: 'Program',
  type: 'Type',
  startDate: 'Start date',
  education: 'Education',
  location: 'Location',
  callsAllowed: 'Calls allowed',
  callHours: (hours: string, rule: string) => `${hours}, by ${rule === 'US' ? 'federal law' : `the law of ${rule}`}`,
  received: 'Received',
  source: 'Source',
  modality: 'Format wanted',
  age: 'Age',
  military: 'Military',
  gpa: 'GPA',
  career: 'Career',
  page: 'Page',
  referrer: 'Referrer',
  subId: (name: string) => `Sub-ID ${name}`,
  utm: (name: string) => `UTM ${name}`,
  yes: 'Yes',
  no: 'No',
  consent: 'Consent',
  agreed: 'Agreed on',
  consentText: 'Text',
  consentVersion: (version: string) => `Version ${version}`,
  certificate: 'Certificate',
  openCertificate: 'Open certificate',
  claimedBy: 'Stated by',
  claimedByPublisher: 'The publisher (text, IP address, browser): not observed by us',
  ipAddress: 'IP address',
  browser: 'Browser',
} as const

/** `name`: in place of the person’s name. `notice`: why the contact details are hidden. */
const noContact = {
  name: 'Do not contact',
  notice: 'This person doesn’t want calls or messages. Don’t contact them.',
}
const notForSchools = { name: 'Contact hidden', notice: 'The contact details of this lead are hidden.' }
export const maskedText = {
  reasons: {
    'not-taken': {
      name: 'Not opened yet',
      notice:
        'This lead hasn’t reached your system yet, so its contact details are hidden and you haven’t been charged.',
    },
    withdrawn: noContact,
    suppressed: noContact,
    credited: { name: 'Credited lead', notice: 'You got credit for this lead, so its contact details are hidden.' },
    rejected: {
      name: 'Rejected lead',
      notice: 'Your system rejected this lead, so its contact details are hidden. You weren’t charged.',
    },
    failed: {
      name: 'Lead not delivered',
      notice: 'This lead never reached your system, so its contact details are hidden. You weren’t charged.',
    },
    expired: {
      name: 'Expired lead',
      notice: 'This lead is more than 30 days old and was never delivered. You weren’t charged.',
    },
    'no-reveal': notForSchools,
    'view-only': notForSchools,
    'not-shared': notForSchools,
  } satisfies { [reason in MaskReason]: { name: string; notice: string } },
  price: (price: string) => `Opening it counts as delivery and costs ${price}.`,
  open: 'Open this lead',
  openTitle: 'Open this lead?',
  openHelp: (price: string) =>
    `You’ll see the contact details now. It counts as delivered, costs ${price}, and won’t be sent to your system again.`,
  openConfirm: (price: string) => `Open for ${price}`,
  needsManage: 'You have view-only access. Someone with manage access can open it.',
} as const

export const deliveryText = {
  title: 'Delivery',
  yourSystem: 'your system',
  states: {
    pending: 'Waiting to be sent.',
    leased: 'Sending now.',
    delivered: 'You have this lead.',
    rejected: 'Your system rejected this lead, so we offered it to another school. It can’t be resent.',
    parked:
      'On hold: you’re closed, your system isn’t responding, or the person can’t be called yet. We’ll send it after that.',
    dead: 'Not delivered, and we stopped trying. Once your system is fixed, resend it.',
    erased: 'This person’s data was deleted.',
  } satisfies { [state in DeliveryState]: string },
  checkSystem: 'You are open, but your system isn’t accepting this lead. Ask your IT team to check',
  openAnyway: 'You can open the lead to contact the student now.',
  nextAttempt: 'Next attempt',
  deliveredOn: 'First delivered',
  resent: 'Resent',
  resentTimes: (count: number) => (count === 1 ? 'Once' : `${count} times`),
  lastRequested: 'last requested',
  webhookId: 'webhook-id',
  noAttempts: 'No attempts yet.',
  resend: 'Resend',
  resendTitle: 'Resend this lead?',
  resendHelp: 'Your system will get the same lead with the same webhook-id, so it can recognize the repeat. No charge.',
  resendConfirm: 'Resend lead',
  resendRequested: 'We’re resending this lead. The result will appear here.',
} as const

export const dispositionText = {
  title: 'Status',
  list: 'Status history',
  none: 'No status yet.',
  afterDelivery: 'You can set a status once you have the lead.',
  status: 'Status',
  date: 'Date',
  dateHelp: 'Leave blank to use the current time.',
  note: 'Note',
  noteHelp: 'Your team and your lead provider can read it.',
  save: 'Save status',
  saveHelp: 'Statuses are permanent; add another anytime.',
  saved: 'Saved.',
  savedBefore: 'Your earlier status was already saved; see above. Press “Save status” again to add this one.',
  faults: {
    status: 'Select a status.',
    date: 'Enter a date and time.',
    future: 'Enter a date that isn’t in the future, or leave it blank.',
    tooEarly: 'Enter a date after the lead was received.',
    note: 'Enter up to 500 characters on one line.',
  },
} as const

export const returnsText = {
  title: 'Returns',
  intro: 'Leads for which you requested credit. To request credit, open a delivered lead.',
  caption: 'Returns, newest first',
  empty: 'No returns yet. If a lead is bad, open it and request credit.',
  columns: { requested: 'Requested on', reason: 'Reason', state: 'Decision', credit: 'Credit', response: 'Response' },
  heading: 'Return',
  notAccepted: 'This campaign doesn’t accept returns.',
  deadlinePassed: 'The deadline to request credit was',
  offer: 'Bad lead? You can request a credit through',
  request: 'Request credit',
  reason: 'Reason',
  details: 'Details',
  detailsHelp: (reasons: string) => `For the person who reviews your request. Required for ${reasons}.`,
  creditBefore: 'If approved, you’ll be credited ',
  creditAfter: ', and the lead won’t count against your caps.',
  submit: 'Submit request',
  faults: {
    reason: 'Select a reason.',
    note: 'Enter up to 500 characters on one line.',
    noteRequired: 'Describe what you found. This reason requires details.',
  },
} as const
