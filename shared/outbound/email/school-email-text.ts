import type * as z from 'zod'
import type { educationLevel, modality, programLevel, startWindow } from '#shared/domain/vocabulary.ts'
import { programLevelNames } from '../../domain/catalog/program-level-names.ts'

/*
 * Every sentence of the emails to schools, in US English. The template arranges them.
 */

export const leadEmailText = {
  subject: (person: string, program: string) => `New lead: ${person}, ${program}`,
  heading: (person: string, program: string) => `${person} asked about ${program}`,
  intro: (person: string, school: string, program: string, when: string) =>
    `On ${when}, ${person} asked ${school} for information about this program: ${program}.`,
  wishes: (first: string, wishes: string) => `${first} ${wishes}.`,
  start: (when: string) => `wants to start ${when}`,
  startUnknown: 'is not sure yet when to start',
  has: (education: string) => `has ${education}`,
  call: (first: string, phone: string, hours: string | undefined) =>
    hours === undefined ? `Call ${first} at ${phone}.` : `Call ${first} at ${phone}. Calls are allowed ${hours}.`,
  open: 'Open this lead in the portal to see everything and set its status',
  test: 'This is a test. The person does not exist; do not call or bill anyone.',
  reply: (first: string) => `Reply to this email to write to ${first}.`,
  repeat: (deliveryId: string) =>
    `This email may arrive more than once. It is the same lead each time, so keep one record for ${deliveryId}.`,
  contact: {
    heading: 'Contact',
    name: 'Name',
    email: 'Email',
    phone: 'Phone',
    zip: 'ZIP code',
    calls: 'Calls allowed',
  },
  request: {
    heading: 'Request',
    program: 'Program',
    type: 'Type',
    education: 'Education',
    start: 'Start date',
    modality: 'Format wanted',
    age: 'Age',
    military: 'Military',
    gpa: 'GPA',
    received: 'Received',
    source: 'Source',
    optOut: 'Privacy',
    optedOut: 'Opted out of the sale and sharing of their data (Global Privacy Control): pass it on to no one else',
  },
  answers: { heading: 'Answers', yes: 'Yes', no: 'No' },
  origin: {
    heading: 'Where the request came from',
    career: 'Career',
    page: 'Page',
    referrer: 'Referrer',
    subId: (name: string) => `Sub-ID ${name}`,
    utm: (name: string) => `UTM ${name}`,
  },
  agreement: { heading: 'The person agreed to this text' },
  consent: {
    heading: 'Consent',
    given: 'Agreed on',
    version: 'Text version',
    sha256: 'SHA-256 of the text',
    certificate: 'Certificate',
    claimedBy: 'Stated by',
    claimedByPublisher: 'The publisher (text, IP address, browser): not observed by us',
    ip: 'IP address',
    userAgent: 'Browser',
  },
  records: {
    heading: 'For your records',
    deliveryId: 'Delivery ID',
    leadId: 'Lead ID',
    campaignId: 'Campaign ID',
    price: 'Price',
  },
} as const

export const erasureEmailText = {
  subject: (deliveryId: string) => `Please delete a lead (${deliveryId})`,
  heading: (school: string) => `${school}: please delete a lead`,
  test: 'This is a test. The person of this lead does not exist.',
  request:
    'The person asked for their data to be deleted. Delete the lead and everything else you store about the person, in ' +
    'every system you passed it to, and do not contact the person again.',
  lead: {
    heading: 'The lead',
    deliveryId: 'Delivery ID',
    leadId: 'Lead ID',
    reference: 'Your reference',
    requestedAt: 'Requested on',
  },
} as const

export const withdrawalEmailText = {
  subject: (deliveryId: string) => `Please stop contacting a person (${deliveryId})`,
  heading: (school: string) => `${school}: a person withdrew consent`,
  test: 'This is a test. The person of this lead does not exist.',
  request: {
    'all-schools':
      'The person no longer agrees to be contacted by any school. Stop calls, texts, and emails to the person at once, in ' +
      'every system you passed the lead to. Federal rules allow at most 10 business days (47 CFR 64.1200(a)(10)).',
    'your-school':
      'The person no longer agrees to be contacted by your school. Stop calls, texts, and emails to the person at once, in ' +
      'every system you passed the lead to. Federal rules allow at most 10 business days (47 CFR 64.1200(a)(10)).',
  },
  lead: {
    heading: 'The lead',
    deliveryId: 'Delivery ID',
    leadId: 'Lead ID',
    reference: 'Your reference',
    withdrawnAt: 'Withdrawn on',
    honorBy: 'Stop by',
  },
} as const

/** `rule`: `US`, or the state whose law is stricter. */
export function formatCallsAllowed(hours: string, rule: string): string {
  return `${hours}, by ${rule === 'US' ? 'federal law' : `the law of ${rule}`}`
}

export const testSubjectPrefix = '[Test] '

export const educationText: { [level in z.output<typeof educationLevel>]: string } = {
  none: 'No high school diploma',
  ged: 'GED',
  'high-school-diploma': 'High school diploma',
  'some-college': 'Some college, no degree',
  associate: 'Associate degree',
  bachelor: "Bachelor's degree",
  master: "Master's degree",
  doctorate: 'Doctorate',
}

const educationPhrases: { [level in z.output<typeof educationLevel>]: string } = {
  none: 'no high school diploma yet',
  ged: 'a GED',
  'high-school-diploma': 'a high school diploma',
  'some-college': 'some college and no degree',
  associate: 'an associate degree',
  bachelor: 'a bachelor’s degree',
  master: 'a master’s degree',
  doctorate: 'a doctorate',
}
const modalityPhrases: { [value in z.output<typeof modality>]: string } = {
  online: 'would like to study online',
  campus: 'would like to study on campus',
  hybrid: 'would like to study partly online',
}
type Wishes = {
  startWindow?: z.output<typeof startWindow> | undefined
  highestLevel: z.output<typeof educationLevel>
  modality?: z.output<typeof modality> | undefined
}

/** What a person wants, as the rest of a sentence that begins with the name. */
export function formatWishes({ startWindow: start, highestLevel, modality: format }: Wishes): string {
  const startPhrase =
    start === 'not-sure'
      ? leadEmailText.startUnknown
      : start && leadEmailText.start(startText[start].replace(/^\w/, (letter) => letter.toLowerCase()))
  const phrases = [
    startPhrase,
    leadEmailText.has(educationPhrases[highestLevel]),
    format && modalityPhrases[format],
  ].filter((phrase) => phrase !== undefined)
  return listFormat.format(phrases)
}

const listFormat = new Intl.ListFormat('en-US')

export const startText: { [window in z.output<typeof startWindow>]: string } = {
  immediately: 'As soon as possible',
  '1-3-months': 'In 1 to 3 months',
  '4-6-months': 'In 4 to 6 months',
  '7-12-months': 'In 7 to 12 months',
  'over-a-year': 'More than a year from now',
  'not-sure': 'Not sure yet',
}
export const modalityText: { [value in z.output<typeof modality>]: string } = {
  online: 'online',
  campus: 'on campus',
  hybrid: 'hybrid',
}

/** Such as `Associate degree, on campus`. */
export function formatProgramType(program: {
  level: z.output<typeof programLevel>
  modality: z.output<typeof modality>
}): string {
  return `${programLevelNames[program.level]}, ${modalityText[program.modality]}`
}

/** A North American number as `(512) 555-0123`; any other number stays in E.164. */
export function formatPhone(phone: string): string {
  return phone.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, '($1) $2-$3')
}

/** Such as `$45.00`, from cents. */
export function formatPrice(cents: number): string {
  return priceFormat.format(cents / 100)
}

/** Such as `Nov 23, 2026, 3:04 PM UTC`. The event does not say the school's time zone, so the zone is named. */
export function formatTime(instant: string, timeZone = 'UTC'): string {
  const format = timeFormats.get(timeZone) ?? new Intl.DateTimeFormat('en-US', { ...timeParts, timeZone })
  timeFormats.set(timeZone, format)
  return format.format(new Date(instant))
}

/** By time zone, because to create one takes longer than the rest of an email. */
const timeFormats = new Map<string, Intl.DateTimeFormat>()

const priceFormat = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' })

const timeParts = {
  year: 'numeric',
  month: 'short',
  day: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
  timeZoneName: 'short',
} as const

export const fileEmailText = {
  subject: (rows: number, school: string) => `${rows === 1 ? '1 new lead' : `${rows} new leads`} for ${school}`,
  heading: (rows: number) => (rows === 1 ? '1 new lead' : `${rows} new leads`),
  intro: (name: string) => `The attached file, ${name}, has one row for each lead, below a header.`,
  repeat: (fileId: string) =>
    `This email may arrive more than once. The rows have the same delivery IDs each time, so keep one record for each. File ${fileId}.`,
  test: 'This is a test. The people in the file do not exist; do not call or bill anyone.',
} as const
