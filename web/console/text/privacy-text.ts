import type {
  ContactList,
  SuppressionBasis,
  WithdrawalChannel,
  WithdrawalMeans,
} from '#shared/domain/aftercare/suppression.ts'

/** The pages about what people may ask of us: stop, show, delete. */
export const privacyText = {
  region: 'Privacy pages',
  tabs: {
    suppressions: 'Suppressions',
    withdrawals: 'Withdrawals',
    accessRequest: 'Access request',
    erasures: 'Deletion requests',
  },
  person: 'Email or phone',
} as const

/** How a withdrawal or a suppression came to us. */
export const meansLabels: { readonly [means in WithdrawalMeans]: string } = {
  phone: 'By phone',
  email: 'By email',
  mail: 'By letter',
  'in-person': 'In person',
  other: 'Other',
}

export const channelLabels: { readonly [channel in WithdrawalChannel]: string } = {
  link: 'Link in the email or thank-you page',
  page: 'Landing page',
  'source-api': 'Publisher’s server',
  'school-api': 'School’s system',
  portal: 'School portal',
  'school-csv': 'School’s file',
  disposition: 'School’s status “opted out”',
  staff: 'Staff',
  import: 'Imported file',
  erasure: 'Deletion request',
}

export const basisLabels: { readonly [basis in SuppressionBasis]: string } = {
  withdrawal: 'Withdrawal of consent',
  'do-not-contact': 'Do not contact',
}

export const listLabels: { readonly [list in ContactList]: string } = {
  'do-not-call': 'Do-not-call list',
  litigator: 'List of people who sue over calls',
}

export const scopeText = {
  allSchools: 'All schools',
  source: (source: string) => `All schools, for leads of ${source}`,
} as const

export const suppressionsText = {
  title: 'Suppressions',
  intro:
    'People whose leads aren’t sent to some or all schools. The list doesn’t name them: search by email or phone to find a person.',
  caption: 'Suppressions, newest first',
  empty:
    'No suppressions yet. They appear here when someone withdraws consent, when a school reports an opt-out, or when you import a list.',
  search: 'Find a person’s suppressions',
  searchHelp: 'Also finds hashed imports. We don’t store what you enter.',
  find: 'Find',
  clear: 'Clear',
  found: 'Suppressions of this person',
  notFound: 'This person isn’t suppressed by that email or phone. Try the other one.',
  columns: {
    at: 'Since',
    person: 'Recognized by',
    scope: 'Applies to',
    basis: 'Type',
    by: 'Recorded by',
    reason: 'Reason',
    state: 'Status',
    action: 'Action',
  },
  identifiers: { email: 'Email', phone: 'Phone' },
  hashed: (identifiers: string) => `${identifiers} (hash only)`,
  superseded: (count: number, formatted: string) =>
    count === 1 ? 'Later consent to 1 lead' : `Later consent to ${formatted} leads`,
  ended: (name: string) => `by ${name}`,
  lift: 'Lift',
  liftTitle: 'Lift this suppression?',
  liftHelp:
    'Future leads from this person can go to schools again. Withdrawn leads stay masked. We record this with your name.',
  liftReason: 'Reason',
  liftReasonHelp: 'For example: “Someone else entered this number.” Don’t include personal information.',
  liftReasonRequired: 'Enter a reason for lifting it.',
  liftConfirm: 'Lift suppression',
  importTitle: 'Import a list',
  importList: 'Kind of list',
  importListHelp:
    'For a list, schools aren’t told that its people withdrew consent. Their leads just aren’t sent anymore.',
  noList: 'People who asked not to be contacted',
  importReason: 'Reason',
  importReasonHelp: 'For example: “National do-not-call list of November.” Don’t include personal information.',
  importReasonRequired: 'Enter where the list comes from.',
  exportTitle: 'Export as CSV',
  exportHelp: 'Only suppressions in effect. Hashed imports and deleted people can’t be exported in plain text.',
  format: 'Email and phone',
  formats: { sha256: 'As SHA-256', plain: 'In plain text' },
  purpose: 'Purpose',
  purposeHelp: 'Recorded in the audit, together with the name of your key.',
  purposeRequired: 'Enter why you need the plain text.',
  pages: (count: string) => `${count} pages so far`,
} as const

export const withdrawalsText = {
  title: 'Withdrawals',
  intro:
    'People who asked not to be contacted. Anything not sent yet is canceled, and we notify every school that has a lead. Schools must stop within 10 business days.',
  caption: 'Withdrawals, newest first',
  empty: 'No withdrawals yet. They appear here as soon as someone opts out, in any way that we offer.',
  formTitle: 'Record a withdrawal',
  formHelp: 'For someone who called, wrote, or asked in another way. We don’t store what you enter in plain text.',
  emailOrPhone: 'At least one of the two. With both, we find more of their leads.',
  ofLead: (leadId: string) => `The person in lead ${leadId}`,
  email: 'Email',
  phone: 'Phone',
  channel: 'How did they ask?',
  scope: 'Which schools must stop?',
  allSchools: 'All schools',
  basis: 'Type',
  basisHelp: 'A withdrawal ends when the person agrees again in writing. “Do not contact” stays until staff lift it.',
  purpose: 'What did they ask for?',
  purposeHelp: 'For example: “Stop all calls.” Don’t include personal information.',
  submit: 'Record withdrawal',
  recorded:
    'Recorded. We won’t send anything more, and we’re notifying the schools. The list below shows which ones confirmed.',
  faults: {
    person: 'Enter an email address or a phone number.',
    email: 'Enter a valid email address, like name@example.com.',
    phone: 'Enter a valid 10-digit phone number, like (512) 555-0123.',
    purpose: 'Enter what the person asked for, on one line.',
    leadGone: 'This lead was not found, or its personal data was deleted. Enter the email or phone.',
  },
  columns: {
    at: 'When',
    channel: 'How',
    scope: 'Applies to',
    leads: 'Leads',
    schools: 'Schools notified',
    deadline: 'Schools must stop by',
  },
  noSchools: 'No school has a lead',
  working: 'Looking for leads…',
  confirmed: (confirmed: string, total: string) => `${confirmed} of ${total} confirmed`,
  allConfirmed: 'All confirmed',
  daysLeft: (days: number) => (days === 1 ? '1 business day left' : `${days} business days left`),
  overdue: 'Overdue',
} as const
