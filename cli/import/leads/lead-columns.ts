import { type CsvColumn, toBoolean, toList } from '../records/csv-column.ts'

/** The columns of a file of leads. Numbers and yes or no are read by the service, as it reads those of a form. */
export const leadColumns: readonly CsvColumn[] = [
  {
    name: 'id',
    pointer: '',
    help: 'Your own ID of the lead: it is sent once, however often the file is imported.',
    example: 'fair-2026-0001',
    isRequired: true,
  },
  {
    name: 'careerSlug',
    pointer: '/careerSlug',
    help: 'The career that the visitor asked about.',
    example: 'health-record-technician',
    isRequired: true,
  },
  { name: 'programId', pointer: '/programId', help: 'Only this program.', example: '' },
  { name: 'firstName', pointer: '/contact/firstName', help: 'First name.', example: 'Ada', isRequired: true },
  { name: 'lastName', pointer: '/contact/lastName', help: 'Last name.', example: 'Example', isRequired: true },
  { name: 'email', pointer: '/contact/email', help: 'Email.', example: 'ada@mail.example', isRequired: true },
  { name: 'phone', pointer: '/contact/phone', help: 'Phone.', example: '(512) 789-1111', isRequired: true },
  { name: 'zip', pointer: '/contact/zip', help: 'ZIP code.', example: '78701', isRequired: true },
  {
    name: 'highestLevel',
    pointer: '/education/highestLevel',
    help: 'none, ged, high-school-diploma, some-college, associate, bachelor, master or doctorate.',
    example: 'high-school-diploma',
    isRequired: true,
  },
  { name: 'startWindow', pointer: '/startWindow', help: 'When to start, such as 1-3-months.', example: '1-3-months' },
  { name: 'modality', pointer: '/modality', help: 'online, campus or hybrid.', example: 'online' },
  { name: 'age', pointer: '/age', help: 'Age in years.', example: '27' },
  { name: 'military', pointer: '/military', help: 'yes or no.', example: 'no' },
  { name: 'gpa', pointer: '/gpa', help: 'Grade point average.', example: '3.4' },
  {
    name: 'consentGrantedAt',
    pointer: '/consent/grantedAt',
    help: 'When the visitor agreed, with its offset.',
    example: '2026-11-23T09:04:05-06:00',
    isRequired: true,
  },
  {
    name: 'consentText',
    pointer: '/consent/text',
    help: 'The text that the visitor agreed to, unchanged. Not needed with --consent-text.',
    example: '',
  },
  {
    name: 'schoolsNamed',
    pointer: '/consent/schoolsNamed',
    help: 'IDs of the schools that the text names by legal name, with semicolons between them.',
    example: 'tall-grass-college',
    parse: toList,
    isRequired: true,
  },
  { name: 'ip', pointer: '/consent/ip', help: 'IP address of the visitor.', example: '' },
  { name: 'userAgent', pointer: '/consent/userAgent', help: 'Browser of the visitor.', example: '' },
  {
    name: 'pageUrl',
    pointer: '/page/url',
    help: 'Where the form was.',
    example: 'https://fair.example/health',
    isRequired: true,
  },
  { name: 'referrer', pointer: '/page/referrer', help: 'The page before it.', example: '' },
  { name: 'certificateUrl', pointer: '/trustedFormCertUrl', help: 'TrustedForm certificate.', example: '' },
  { name: 'leadIdToken', pointer: '/leadIdToken', help: 'LeadiD token of Jornaya.', example: '' },
  {
    name: 'globalPrivacyControl',
    pointer: '/globalPrivacyControl',
    help: 'yes if the browser had Global Privacy Control on.',
    example: '',
    parse: toBoolean,
  },
  { name: 'test', pointer: '/test', help: 'yes for a test lead.', example: 'yes' },
]

/** A column such as `answers.veteran` or `utm.source` fills one entry of these fields. */
export const entryFields = ['answers', 'subIds', 'utm'] as const

/** The field that a column fills; undefined if a file of leads has no such column. */
export function findLeadColumn(name: string): CsvColumn | undefined {
  const column = leadColumns.find((one) => one.name === name)
  if (column) return column
  const [field, entry, ...more] = name.split('.')
  if (!entryFields.some((one) => one === field) || !entry || more.length > 0) return undefined
  return { name, pointer: `/${field}/${entry}`, help: '', example: '' }
}
