import type { Reason } from '#shared/domain/routing/reasons.ts'

export const campaignsText = {
  title: 'Campaigns',
  newCampaign: 'New campaign',
  school: 'School',
  caption: 'Campaigns',
  empty: 'No campaigns yet. A school needs a campaign to receive leads.',
  columns: { campaign: 'Campaign', status: 'Status', hours: 'Hours', caps: 'Caps', action: 'Action' },
  open: 'Open now',
  closed: 'Closed now',
  noCaps: 'No caps',
  pause: 'Pause',
  resume: 'Resume',
  pauseTitle: (campaign: string) => `Pause ${campaign}?`,
  pauseHelp: (school: string) =>
    `${school} receives no new leads from it until staff resume it. Leads already sent still arrive.`,
  pauseConfirm: 'Pause campaign',
  pausedBy: { staff: 'By staff,', school: 'By the school,' },
  bySchool: 'Set by the school.',
} as const

export const capUsageText = {
  zone: 'Each cap counts days and hours in the time zone of its school or source.',
  title: 'Cap usage',
  empty: 'No campaign has a cap or credit limit. Without one, a school receives every matching lead.',
  allCampaigns: 'All campaigns',
  source: 'Source',
  closedSource: 'Source, closed now',
  credit: 'Credit limit',
  creditUsage: (used: string, limit: string, left: string) => `${used} of ${limit} credit used, ${left} left`,
  showAll: (count: string) => `Show all ${count} caps`,
  name: (school: string, campaign: string) => `${school}: ${campaign}`,
} as const

export const previewText = {
  region: 'Preview',
  title: 'Preview on past leads',
  leads: 'Leads',
  spans: { '1': 'Yesterday’s leads', '0': 'Today’s leads', '7': 'Leads of the last 7 days' },
  run: 'Preview',
  help: 'Uses the campaign as edited in the form. Nothing is saved or sent.',
  loading: 'Loading…',
  noLeads: 'No leads in that period.',
  summary: (leads: string, before: string, after: string) => `${leads} leads: ${before} matched before, ${after} after`,
  soFar: (summary: string) => `So far: ${summary}`,
  caption: 'Leads and revenue by school, before and after',
  columns: { school: 'School', before: 'Before', after: 'After' },
  empty: 'No school matched, before or after.',
  reasons: 'Why campaigns did not match',
  reason: (count: string, description: string) => `${count} × ${description}`,
  fault: 'Correct the errors in the form, then try again.',
} as const

export const explainText = {
  title: 'Explain routing',
  intro:
    'Describe a visitor to see which schools they would be shown and why others are not. Nothing is saved or sent.',
  career: 'Career',
  zip: 'ZIP code',
  education: 'Education',
  startDate: 'Start date',
  modality: 'Format',
  source: 'Source',
  noSource: 'No source',
  notSpecified: 'Not specified',
  submit: 'Explain',
  region: 'Verdicts',
  summary: (shown: number, total: number) => `${shown} of ${total} campaigns would be shown`,
  invalidZip: 'Enter a valid 5-digit ZIP code.',
  invalidField: 'Select a career and an education level.',
} as const

export const verdictText = {
  none: 'No campaign was considered: none promotes a program for this career and state.',
  sold: (details: string) => `Sold: ${details}`,
  shown: (details: string) => `Shown: ${details}`,
  position: (rank: number) => `position ${rank}`,
  exclusive: 'exclusive',
  program: (program: string) => `program ${program}`,
  refused: (count: number) =>
    count === 1 ? 'Why this school was not selected' : 'Why these schools were not selected',
  also: (descriptions: string) => `Also: ${descriptions}`,
  until: 'Until',
  offeredAgain: 'Then the lead is offered again.',
  customReason: (code: string) => `A campaign rule does not match (${code}).`,
} as const

/** Why a campaign was not selected, and what staff can do about it. */
export const reasonTexts: { readonly [code in Reason]: { description: string; fix: string } } = {
  CAMPAIGN_INACTIVE: {
    description: 'The campaign is paused.',
    fix: 'Resume the campaign if the school wants leads again.',
  },
  SCHOOL_INACTIVE: { description: 'The school is paused.', fix: 'Set the school to active if it wants leads again.' },
  SOURCE_RULE: { description: 'The source is not allowed to send this lead.', fix: 'Check the rules of the source.' },
  CONSENT_TEXT_INCOMPLETE: {
    description: 'The publisher’s consent text is incomplete.',
    fix: 'This can’t be fixed for this lead. Ask the publisher to complete the text.',
  },
  SCHOOL_NOT_NAMED_IN_CONSENT: {
    description: 'The consent text that the visitor saw does not name this school.',
    fix: 'This can’t be fixed for this lead. A publisher’s own text must contain the school’s legal name or a registered consent name.',
  },
  SCHOOL_REJECTED: {
    description: 'The school already rejected this lead.',
    fix: 'Ask the school for the reason. A lead is not offered to the same school twice.',
  },
  SUPPRESSED: {
    description: 'The person asked not to be contacted.',
    fix: 'This can’t be fixed. Do not contact them.',
  },
  PROGRAM: {
    description: 'The campaign does not promote the requested program.',
    fix: 'Add the program to the campaign if the school wants leads for it.',
  },
  STATE: { description: 'No program is offered in the visitor’s state.', fix: 'Check the states of the programs.' },
  ZIP: { description: 'The ZIP code is outside the campaign’s area.', fix: 'Check the ZIP rule of the campaign.' },
  AGE: { description: 'The age does not match the campaign.', fix: 'Check the age rule of the campaign.' },
  EDUCATION_LEVEL: {
    description: 'The education level does not match the campaign.',
    fix: 'Check the education rule of the campaign.',
  },
  START_WINDOW: {
    description: 'The start date does not match the campaign.',
    fix: 'Check the start date rule of the campaign.',
  },
  MODALITY: {
    description: 'No program is offered in the requested format.',
    fix: 'Check the formats of the campaign’s programs.',
  },
  MILITARY: {
    description: 'The military status does not match the campaign.',
    fix: 'Check the military rule of the campaign.',
  },
  GPA: { description: 'The GPA does not match the campaign.', fix: 'Check the GPA rule of the campaign.' },
  QUESTION: {
    description: 'An answer to the program’s questions does not qualify.',
    fix: 'Check the questions of the program and which answers qualify.',
  },
  CERTIFICATE: {
    description: 'The campaign wants another certificate.',
    fix: 'Check the certificate of the campaign, and of the lead.',
  },
  CUSTOM_RULE: { description: 'A campaign rule does not match.', fix: 'Check the rules of the campaign.' },
  DUPLICATE: {
    description: 'The person already sent a request through this source.',
    fix: 'This can’t be fixed. Find the person’s first lead instead.',
  },
  DUPLICATE_SCHOOL: {
    description: 'The school already has a lead from this person.',
    fix: 'This can’t be fixed. Resend the earlier lead if needed.',
  },
  OUTSIDE_HOURS: {
    description: 'The campaign is outside its hours.',
    fix: 'Wait, or extend the hours of the campaign.',
  },
  CAP_HOUR: { description: 'The hourly cap was reached.', fix: 'Wait for the next hour, or raise the cap.' },
  CAP_DAY: { description: 'The daily cap was reached.', fix: 'Wait for the next day, or raise the cap.' },
  CAP_WEEK: { description: 'The weekly cap was reached.', fix: 'Wait for the next week, or raise the cap.' },
  CAP_MONTH: { description: 'The monthly cap was reached.', fix: 'Wait for the next month, or raise the cap.' },
  CAP_TOTAL: { description: 'The total cap was reached.', fix: 'Raise the cap if the school wants to buy more.' },
  CAP_SPEND: { description: 'The budget is used up.', fix: 'Raise the budget if the school wants to spend more.' },
  CREDIT_LIMIT: { description: 'The school’s credit is used up.', fix: 'Raise the credit after the school has paid.' },
  OUTRANKED: {
    description: 'A higher-ranked campaign took the lead.',
    fix: 'Change the priority or weight of the campaign if it should come first.',
  },
  MAX_SALES_REACHED: {
    description: 'The source’s maximum number of schools was reached.',
    fix: 'Increase the source’s school limit if visitors agree to hear from more schools.',
  },
}

export const ruleText = {
  everyone: 'All leads',
  addRule: 'Add rule',
  inWords: (rule: string) => `In words: ${rule}.`,
  turnIntoGroup: 'Turn into group',
  removeTest: 'Remove test',
  removeGroup: 'Remove group',
  group: 'Group',
  groups: { all: 'All of these match', any: 'At least one of these matches', not: 'This does not match' },
  addTest: 'Add test',
  addGroup: 'Add group',
  rejection: 'Rejection message',
  code: 'Code (optional)',
  codeHelp: 'In capitals, such as NO_NURSES. Leave blank to use the code of the field.',
  message: 'Message (optional)',
  field: 'Field',
  questionId: 'Question ID',
  memberName: 'Name',
  comparison: 'Comparison',
  value: 'Value',
  values: 'Values',
  valuesHelp: 'Separate values with commas.',
  from: 'From',
  to: 'To',
  instantHelp: 'In UTC, such as 2026-11-23T15:04:05Z.',
  yes: 'Yes',
  no: 'No',
  fault: 'Complete this test, or remove it.',
  faults: {
    field: 'Select a field.',
    op: 'Select a comparison that fits the field.',
    value: 'Enter a value that fits the field.',
    reason: 'Enter a code in capitals, such as NO_NURSES.',
    detail: 'Enter up to 300 characters on one line.',
  },
} as const

export const ruleFieldLabels: { readonly [name: string]: string } = {
  'contact.zip': 'ZIP code',
  state: 'State',
  age: 'Age',
  'education.highestLevel': 'Education',
  startWindow: 'Start date',
  modality: 'Format',
  military: 'Military',
  gpa: 'GPA',
  source: 'Source',
  career: 'Career',
  time: 'Time of the request',
  'answers.': 'Answer to a question',
  'subIds.': 'Sub-ID of the source',
  'utm.': 'UTM parameter',
}

export const operatorLabels: { readonly [op: string]: string } = {
  equals: 'is',
  in: 'is one of',
  prefix: 'begins with',
  contains: 'contains',
  between: 'is between',
  'at-least': 'is at least',
  'at-most': 'is at most',
}
