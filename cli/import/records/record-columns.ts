import type { RecordKind } from '#shared/contract/catalog/records.ts'

/** A cell, as text without spaces around it; never empty. */
type ParseCell = (text: string) => unknown
/**
 * A column of a CSV file: the field that it fills, as a JSON pointer, and how its text is read. What it cannot be read as is
 * left as text, which the field then refuses.
 */
export type RecordColumn = {
  name: string
  pointer: string
  help: string
  example: string
  parse?: ParseCell
  isRequired?: true
}
export type CsvRecordKind = Exclude<RecordKind, 'careers'>

const toNumber: ParseCell = (text) =>
  /^-?\d+(\.\d+)?$/.test(text.replaceAll(',', '')) ? Number(text.replaceAll(',', '')) : text
const toCents: ParseCell = (text) => {
  const [, dollars] = /^\$?(\d+(?:\.\d{1,2})?)$/.exec(text.replaceAll(',', '')) ?? []
  return dollars === undefined ? text : Math.round(Number(dollars) * 100)
}
const toList: ParseCell = (text) =>
  text
    .split(';')
    .map((part) => part.trim())
    .filter(Boolean)
const toBoolean: ParseCell = (text) => (/^(yes|true)$/i.test(text) ? true : /^(no|false)$/i.test(text) ? false : text)
const toUpperList: ParseCell = (text) => text.split(/[;\s]+/).filter(Boolean)

const id = (help: string, example: string): RecordColumn => ({
  name: 'id',
  pointer: '',
  help,
  example,
  isRequired: true,
})
const place: RecordColumn[] = [
  { name: 'city', pointer: '/place/city', help: 'Where it is. Only together with state.', example: 'Austin' },
  { name: 'state', pointer: '/place/state', help: 'Code or name of the state.', example: 'TX' },
]

/** The columns of each file. A column that is missing leaves the field as it is; an empty cell empties it. */
export const recordColumns: { readonly [kind in CsvRecordKind]: readonly RecordColumn[] } = {
  schools: [
    id('Chosen by you; it stays for ever.', 'tall-grass-college'),
    { name: 'name', pointer: '/name', help: 'As listings show it.', example: 'Tall Grass College', isRequired: true },
    {
      name: 'legalName',
      pointer: '/legalName',
      help: 'As consent texts name it. Empty: the name.',
      example: 'Tall Grass College, Inc.',
    },
    {
      name: 'timeZone',
      pointer: '/timeZone',
      help: 'IANA time zone, in which caps and hours count.',
      example: 'America/Chicago',
      isRequired: true,
    },
    { name: 'status', pointer: '/status', help: 'active or paused. Empty: active.', example: 'active' },
    ...place,
    {
      name: 'logoUrl',
      pointer: '/logoUrl',
      help: 'A small picture at an https address.',
      example: 'https://tall-grass.example/logo.svg',
    },
    {
      name: 'titleIv',
      pointer: '/titleIv',
      help: 'yes or no: takes part in federal student aid. Empty: yes.',
      example: 'yes',
      parse: toBoolean,
    },
    {
      name: 'creditDollars',
      pointer: '/creditCents',
      help: 'The most that all its campaigns may spend. Empty: no limit.',
      example: '5000',
      parse: toCents,
    },
    {
      name: 'privacyNoticeEmail',
      pointer: '/privacyNoticeEmail',
      help: 'Gets erasure requests if no webhook can.',
      example: 'privacy@tall-grass.example',
    },
  ],
  programs: [
    id('Chosen by you; it stays for ever.', 'tall-grass-hit'),
    {
      name: 'schoolId',
      pointer: '/schoolId',
      help: 'The ID of its school, which must exist.',
      example: 'tall-grass-college',
      isRequired: true,
    },
    {
      name: 'name',
      pointer: '/name',
      help: 'As listings show it.',
      example: 'Associate of Health Information Technology',
      isRequired: true,
    },
    {
      name: 'careerSlugs',
      pointer: '/careerSlugs',
      help: 'Careers that it leads to, with semicolons between them.',
      example: 'health-record-technician;medical-coder',
      parse: toList,
      isRequired: true,
    },
    {
      name: 'level',
      pointer: '/level',
      help: 'certificate, diploma, associate, bachelor, master or doctorate.',
      example: 'associate',
      isRequired: true,
    },
    { name: 'modality', pointer: '/modality', help: 'online, campus or hybrid.', example: 'online', isRequired: true },
    {
      name: 'states',
      pointer: '/states',
      help: 'Where it is offered, with semicolons. Empty: everywhere.',
      example: 'TX;OK',
      parse: toUpperList,
    },
    {
      name: 'sponsored',
      pointer: '/sponsored',
      help: 'yes or no: whether the school pays for the listing. Empty: yes.',
      example: 'yes',
      parse: toBoolean,
    },
    {
      name: 'rank',
      pointer: '/rank',
      help: 'Position in listings; the lowest comes first. Empty: 1000.',
      example: '1000',
      parse: toNumber,
    },
    {
      name: 'tuitionDollars',
      pointer: '/tuition/cents',
      help: 'Price before aid. Only together with tuitionPer.',
      example: '12,500',
      parse: toCents,
    },
    { name: 'tuitionPer', pointer: '/tuition/per', help: 'program, year, term or credit.', example: 'program' },
    {
      name: 'length',
      pointer: '/length/count',
      help: 'Only together with lengthUnit.',
      example: '18',
      parse: toNumber,
    },
    { name: 'lengthUnit', pointer: '/length/unit', help: 'weeks, months or years.', example: 'months' },
    ...place,
  ],
  campaigns: [
    id('Chosen by you; it stays for ever.', 'tall-grass-tx'),
    {
      name: 'schoolId',
      pointer: '/schoolId',
      help: 'The ID of its school, which must exist.',
      example: 'tall-grass-college',
      isRequired: true,
    },
    {
      name: 'programIds',
      pointer: '/programIds',
      help: 'Its programs, with semicolons between them.',
      example: 'tall-grass-hit',
      parse: toList,
      isRequired: true,
    },
    {
      name: 'priceDollars',
      pointer: '/priceCents',
      help: 'Price of a lead.',
      example: '45',
      parse: toCents,
      isRequired: true,
    },
    { name: 'status', pointer: '/status', help: 'active or paused. Empty: active.', example: 'active' },
    {
      name: 'priority',
      pointer: '/priority',
      help: 'The lowest is offered a lead first.',
      example: '100',
      parse: toNumber,
    },
    { name: 'weight', pointer: '/weight', help: 'Its share among equals.', example: '1', parse: toNumber },
    { name: 'sharing', pointer: '/sharing', help: 'shared or exclusive. Empty: shared.', example: 'shared' },
    {
      name: 'endpointKind',
      pointer: '/endpoint/kind',
      help: 'webhook or email.',
      example: 'webhook',
      isRequired: true,
    },
    {
      name: 'endpointUrl',
      pointer: '/endpoint/url',
      help: 'Of a webhook.',
      example: 'https://leads.tall-grass.example/prospectus',
    },
    { name: 'endpointTo', pointer: '/endpoint/to', help: 'Of an email endpoint: its address.', example: '' },
    { name: 'dayCap', pointer: '/caps/day', help: 'Leads a day. Empty: no cap a day.', example: '25', parse: toNumber },
    {
      name: 'monthCap',
      pointer: '/caps/month',
      help: 'Leads a month. Empty: no cap a month.',
      example: '400',
      parse: toNumber,
    },
    {
      name: 'totalCap',
      pointer: '/caps/total',
      help: 'Leads in total. Empty: no such cap.',
      example: '',
      parse: toNumber,
    },
  ],
  sources: [
    id('Chosen by you; it stays for ever.', 'careers-site'),
    {
      name: 'name',
      pointer: '/name',
      help: 'The publisher or page.',
      example: 'Careers landing page',
      isRequired: true,
    },
    { name: 'mode', pointer: '/mode', help: 'live or test.', example: 'live', isRequired: true },
    {
      name: 'origins',
      pointer: '/origins',
      help: 'Origins of its pages, with semicolons. Empty: any page.',
      example: 'https://careers.example',
      parse: toList,
    },
    {
      name: 'maxSales',
      pointer: '/maxSales',
      help: 'How many schools may receive one lead. Empty: 5.',
      example: '5',
      parse: toNumber,
    },
    {
      name: 'method',
      pointer: '/method',
      help: 'priority, weight, round-robin or price. Empty: priority.',
      example: 'priority',
    },
    { name: 'abuse', pointer: '/abuse', help: 'off, observe or enforce. Empty: enforce.', example: 'enforce' },
    { name: 'formToken', pointer: '/formToken', help: 'required or optional. Empty: optional.', example: 'optional' },
    {
      name: 'rateLimitPerMinute',
      pointer: '/rateLimitPerMinute',
      help: 'Requests a minute. Empty: no limit of its own.',
      example: '',
      parse: toNumber,
    },
  ],
}

/** The template of a file: its header, and a row as an example. */
export function formatTemplate(kind: CsvRecordKind): string[][] {
  const columns = recordColumns[kind]
  return [columns.map(({ name }) => name), columns.map(({ example }) => example)]
}
