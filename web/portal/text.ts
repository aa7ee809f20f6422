import type { MaskReason } from '#shared/domain/capture/lead-access.ts'
import type { DeliveryState } from '#shared/domain/delivery/delivery.ts'

/** Every text that only schools read. Text that staff read as well is in web/app/text. */
export const portalText = {
  title: 'School portal',
  keyLabel: 'Access key',
  keyHelp: 'Your lead provider gives you a key or a sign-in link (valid for 12 hours).',
  keyRejected: 'That key isn’t valid. If you used a link, it has expired. Ask your lead provider for a new one.',
  linkUsed:
    'This link was already used or has expired. Ask your lead provider for a new one, or sign in with an access key.',
  linkIncomplete: 'This link is incomplete. Copy the whole link, or ask your lead provider for a new one.',
  viewOnly: 'You have view-only access. To make changes, ask your lead provider for a key with manage access.',
  nav: { overview: 'Overview', leads: 'Leads', returns: 'Returns', campaigns: 'Campaigns' },
} as const

export const overviewText = {
  refresh: 'Refresh',
  schoolPausedTitle: 'Your school is paused.',
  schoolPaused: 'You won’t receive new leads. Contact your lead provider to resume.',
  newest: 'Newest leads',
  newestCaption: 'The newest leads, newest first',
  allLeads: 'All leads',
  noLeads: 'No leads yet. To see how a lead arrives, open a campaign below and send a test lead.',
  campaigns: 'Campaigns',
} as const

export const attentionText = {
  title: 'Needs your attention',
  allClear: 'All clear',
  delivery: 'Delivery:',
  deliverySummary: (delivered: string, leads: string) => `${delivered} of your last ${leads} delivered.`,
  failed: (leads: string) => `${leads} not delivered`,
  failedHelp: 'Your system didn’t accept them, and we stopped trying. Once your system is fixed, resend them.',
  late: (leads: string) => `${leads} late`,
  lateHelp: 'Your system isn’t accepting them. We keep trying; each lead shows how your system responded.',
  onHold: (leads: string) => `${leads} on hold`,
  onHoldHelp: 'We’ll send them when you open or when your system responds again.',
  withoutStatus: (leads: string) => `${leads} without a status`,
  withoutStatusHelp: 'Update their status so your lead provider knows which leads work for you.',
  paused: (campaign: string) => `${campaign} is paused`,
  pausedHelp: 'No new leads until it is resumed.',
  capReached: (campaign: string) => `${campaign}: a cap was reached`,
  capReachedHelp: 'Raise the cap if you want more leads now.',
  creditUsedUp: 'Your credit is used up',
  creditUsedUpHelp: 'No new leads until your lead provider raises it. Contact them to pay.',
  creditLow: (left: string) => `Only ${left} of your credit is left`,
  creditLowHelp: 'New leads stop when it is used up. Contact your lead provider to raise it.',
  schoolCapReached: 'A limit over all your campaigns was reached',
  schoolCapReachedHelp: 'Your lead provider sets it. Contact them if you want more leads now.',
  leadCount: (count: number, formatted: string) => `${formatted} ${count === 1 ? 'lead' : 'leads'}`,
} as const

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
    'No leads yet. They will appear here at once, even if your system is down. To see how a lead arrives, open a ' +
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
  received: 'Received',
  source: 'Source',
  yes: 'Yes',
  no: 'No',
  consent: 'Consent',
  agreed: 'Agreed on',
  consentText: 'Text',
  consentVersion: (version: string) => `Version ${version}`,
  certificate: 'Certificate',
  openCertificate: 'Open certificate',
} as const

/** `name`: in place of the person’s name. `notice`: why the contact details are hidden. */
const noContact = {
  name: 'No longer contactable',
  notice: 'This person doesn’t want calls or messages. Don’t contact them.',
}
const notForSchools = { name: 'Contact hidden', notice: 'The contact details of this lead are hidden.' }
export const maskedText = {
  reasons: {
    'not-taken': {
      name: 'Not opened yet',
      notice: 'This lead hasn’t reached your system yet, so its contact details are hidden and you aren’t charged.',
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
    delivered: 'Delivered.',
    rejected: 'Your system rejected this lead, so we offered it to another school. It can’t be resent.',
    parked: 'On hold until you open or your system responds again. Then we’ll send it.',
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
  dateHelp: 'Leave blank for now.',
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
  detailsHelp: (reasons: string) => `For the person who decides. Required for ${reasons}.`,
  creditBefore: 'If approved, you’ll be credited ',
  creditAfter: ', and the lead won’t count against your caps.',
  submit: 'Submit request',
  faults: {
    reason: 'Select a reason.',
    note: 'Enter up to 500 characters on one line.',
    noteRequired: 'Describe what you found. This reason requires details.',
  },
} as const

export const campaignText = {
  title: 'Campaigns',
  intro: 'Open a campaign to pause it, change its caps, or send a test lead.',
  list: 'Your campaigns',
  all: 'All campaigns',
  empty: 'You don’t have any campaigns yet. Ask your lead provider to set one up for the programs you want leads for.',
  notFoundTitle: 'Campaign not found',
  notFound: 'It may have been removed. See all campaigns for the ones you have.',
  noCap: 'No cap',
  noOwnCap: 'No cap of its own. Your credit and the limits over all campaigns apply.',
  states: {
    active: 'Active: accepting leads.',
    paused: (pauses: string) => `Paused: no new leads until it is resumed. ${pauses}`,
    schoolPaused: 'Your school is paused: no new leads until your lead provider resumes it.',
    schoolCapReached: 'A limit over all your campaigns was reached: no new leads for now.',
    pausedByYou: (day: string) => `You paused this campaign on ${day}.`,
    pausedByStaff: (day: string) => `Your lead provider paused this campaign on ${day}. Contact them to resume it.`,
    creditUsedUp: 'Your credit is used up: no new leads until your lead provider raises it.',
    capReached: 'A cap was reached: no new leads for now.',
    outside: {
      deliver: 'Outside your hours: leads are still delivered.',
      park: 'Outside your hours: leads are on hold until you open.',
      skip: 'Outside your hours: no new leads until you open.',
    },
  },
  status: 'Status',
  pause: 'Pause',
  resume: 'Resume',
  resumeOwn: 'Lift your pause',
  ownPauseHelp: 'Pause it too if you don’t want leads when your lead provider resumes it.',
  pauseTitle: 'Pause this campaign?',
  pauseHelp:
    'You’ll stop receiving new leads right away. Leads already sent will still arrive. You can resume at any time.',
  pauseConfirm: 'Pause campaign',
  conflict:
    'Nothing was changed because someone else changed this campaign. The current version is shown now. Change it ' +
    'again if you still want to.',
  terms: 'Terms',
  programs: 'Programs',
  price: 'Price',
  pricePerLead: (price: string) => `${price} per lead`,
  endpoint: 'Leads go to',
  testEndpoint: 'Test leads go to',
  hours: 'Hours',
  timeRange: (days: string, from: string, to: string) => `${days}: ${from} to ${to}`,
  timeZone: 'Time zone',
  returns: 'Returns',
  noReturns: 'Not accepted',
  returnDays: (days: number) => (days === 1 ? 'Within 1 day of delivery' : `Within ${days} days of delivery`),
  termsHelp: 'Contact your lead provider to make changes.',
} as const

export const limitsText = {
  title: 'Limits over all campaigns',
  credit: (used: string, limit: string, left: string) => `${used} of ${limit} credit used, ${left} left.`,
  creditLabel: 'Credit used',
  help: 'Set by your lead provider. Credit counts every lead that was sold to you, less the credit you got for returns.',
} as const

export const capsText = {
  title: 'Caps',
  change: 'Change caps',
  saved: 'Caps saved.',
  none: 'No cap of your own. The caps of your contract still apply.',
  own: 'Your caps',
  contract: 'Caps of your contract',
  contractHelp: 'Set by your lead provider. If you set a cap for the same period, the lower one counts.',
  byContract: 'Contract cap.',
  bySchool: 'Your cap.',
  notCounting: 'Another cap for this period is lower, so this one doesn’t count.',
  add: 'Add cap',
  save: 'Save caps',
  cap: (capNumber: number) => `Cap ${capNumber}`,
  remove: (capNumber: number) => `Remove cap ${capNumber}`,
  limit: 'Limit',
  unit: 'Unit',
  units: { leads: 'leads', cents: 'dollars' },
  per: 'Per',
  periods: { hour: 'hour', day: 'day', week: 'week', month: 'month', total: 'total' },
  whenReached: 'When reached',
  reached: { skip: 'stop sending', park: 'hold until reset' },
  faults: {
    limit: 'Enter a whole number (0 blocks all leads).',
    amount: 'Enter an amount, such as 250 or 1,250.50 (0 blocks all leads).',
    samePeriod: 'Another cap already uses this period. Choose another period or remove one of the caps.',
  },
} as const

export const secretText = {
  title: 'Webhook secret',
  help: 'Used to verify that leads come from us. Rotate it if it may have been exposed.',
  overlap: 'Old secret expires in',
  overlaps: { '3600': '1 hour', '86400': '1 day', '604800': '1 week' },
  rotate: 'Rotate secret',
  rotateTitle: 'Rotate the webhook secret?',
  rotateHelp: (overlap: string) =>
    `Add the new secret to your system before the old one expires in ${overlap}. You’ll see the new secret only once.`,
  rotateConfirm: 'Rotate',
  installBefore: 'Add it to your system before ',
  installAfter: '. Until then we sign each lead with both secrets, so none is missed.',
} as const

export const testLeadText = {
  title: 'Test lead',
  help: (hasTestEndpoint: boolean) =>
    `We’ll send a sample lead marked as a test to your ${hasTestEndpoint ? 'test endpoint' : 'system'}. Free, doesn’t count toward caps.`,
  send: 'Send test lead',
  sendAnother: 'Send another test lead',
  view: 'View lead',
} as const
