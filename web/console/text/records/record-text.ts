import type { RecordKind } from '#shared/contract/catalog/records.ts'
import { campaignFields } from './campaign-fields.ts'
import { careerFields } from './career-fields.ts'
import type { FieldTexts } from './field-text.ts'
import { programFields } from './program-fields.ts'
import { schoolFields } from './school-fields.ts'
import { sourceFields } from './source-fields.ts'

export const recordFieldTexts: { readonly [kind in RecordKind]: FieldTexts } = {
  campaigns: campaignFields,
  schools: schoolFields,
  programs: programFields,
  sources: sourceFields,
  careers: careerFields,
}

export const recordTexts: {
  readonly [kind in RecordKind]: { singular: string; plural: string; description: string; empty: string }
} = {
  campaigns: {
    singular: 'campaign',
    plural: 'Campaigns',
    description: 'What a school buys: which leads, how many, when, at what price, and where they are sent.',
    empty: 'No campaigns yet.',
  },
  schools: {
    singular: 'school',
    plural: 'Schools',
    description: 'Schools that buy leads and can be named in a consent text.',
    empty: 'No schools yet.',
  },
  programs: {
    singular: 'program',
    plural: 'Programs',
    description: 'Courses of study, with the questions that schools ask.',
    empty: 'No programs yet.',
  },
  sources: {
    singular: 'source',
    plural: 'Sources',
    description: 'Landing pages and publishers that send leads.',
    empty: 'No sources yet.',
  },
  careers: {
    singular: 'career',
    plural: 'Careers',
    description: 'Career pages for visitors: facts with sources, text, and related careers.',
    empty: 'No careers yet.',
  },
}

export const setupText = {
  title: 'Setup',
  keys: 'API keys',
  keysHelp: 'Keys for staff, schools, and servers.',
  audit: 'Audit',
  auditHelp: 'Who changed what and when.',
  portalAccess: 'Portal access',
  portalAccessHelp: 'Who is signed in to the portal, and sign-in links that were not opened.',
} as const

/** The headings of the record editor. */
export const sectionText = {
  details: 'Details',
  offer: 'Offer',
  targeting: 'Targeting',
  targetingHelp: 'Leads that don’t match aren’t sent.',
  limits: 'Limits',
  capsAndHours: 'Caps and hours',
  delivery: 'Delivery',
  sharing: 'Priority and sharing',
  visibility: 'Listing',
  questions: 'Questions',
  routing: 'Rules and limits',
  protection: 'Bot protection',
  facts: 'Facts',
  text: 'Text',
  page: 'Page',
  pageHelp: 'What visitors read on the pages of programs.',
  related: 'Related careers and degrees',
  more: 'More',
} as const

export const editorText = {
  newRecord: (singular: string) => `New ${singular}`,
  allRecords: (plural: string) => `All ${plural.toLowerCase()}`,
  columns: {
    name: 'Name',
    status: 'Status',
    mode: 'Mode',
    school: 'School',
    changed: 'Last changed',
    version: 'Version',
  },
  version: (version: string) => `version ${version}`,
  generation: (number: string) => `record ${number} with this ID: an earlier one was deleted`,
  id: (singular: string) => `${singular.charAt(0).toUpperCase()}${singular.slice(1)} ID`,
  idHelp: 'Used in links, exports, and reports. Can’t be changed later.',
  timeZone: (name: string, id: string) => `${name} (${id})`,
  filter: (label: string) => `Filter: ${label}`,
  noneFound: 'None found.',
  advanced: 'More settings',
  money: (label: string) => `${label} (USD)`,
  json: (label: string) => `${label} (JSON)`,
  linesHelp: (help = '') => `${help} One per line.`.trim(),
  item: (item: string, itemNumber: number) => `${item.charAt(0).toUpperCase()}${item.slice(1)} ${itemNumber}`,
  addItem: (item: string) => `Add ${item}`,
  removeItem: (item: string, itemNumber: number) => `Remove ${item} ${itemNumber}`,
  addGroup: (label: string) => `Add ${label.charAt(0).toLowerCase()}${label.slice(1)}`,
  removeGroup: (label: string) => `Remove ${label.charAt(0).toLowerCase()}${label.slice(1)}`,
  save: (singular: string) => `Save ${singular}`,
  saved: 'Saved.',
  unsaved: 'Unsaved changes',
  notSaved: 'Nothing was saved',
  correctFields: 'Correct these fields:',
  discard: 'Discard my changes and reload',
  remove: (singular: string) => `Delete ${singular}`,
  removeTitle: (singular: string) => `Delete this ${singular}?`,
  removeHelp: 'This can’t be undone. A record that other records use can’t be deleted.',
  removeConfirm: 'Delete permanently',
  preview: 'Preview',
  access: 'Access',
  sourceKey: 'Landing page key',
  sourceKeyHelp: 'Public. Landing pages send it as X-Source-Key.',
  fieldFault: (field: string, fault: string) => `${field}: ${fault}`,
} as const

/** What to enter when a value is refused and the field has no sentence of its own. */
export const faultText = {
  required: 'This field is required.',
  id: 'Enter an ID of letters, digits, periods, hyphens, or underscores.',
  idRequired: 'Enter a name or an ID.',
  idTaken: 'That ID is already used. Choose another.',
  select: 'Select an option.',
  unknownRecord: 'Select an existing record.',
  otherSchool: 'Select a record of this school.',
  url: 'Enter a public URL, such as https://example.com/leads.',
  secret: 'Add the secret that the request template uses.',
  json: 'Enter valid JSON.',
  number: 'Enter a number.',
  numberFrom: (min: string) => `Enter a number of ${min} or more.`,
  numberRange: (min: string, max: string) => `Enter a number from ${min} to ${max}.`,
  text: 'Enter text on one line, without control characters.',
  maxLength: (max: string) => `Enter up to ${max} characters, without control characters.`,
  maxItems: (max: string) => `Enter up to ${max} different values.`,
  other: 'Check this value.',
} as const
