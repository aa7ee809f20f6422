import type { RecordKind } from '#shared/contract/catalog/records.ts'
import { type CsvColumn, id, toCents, toList, toNumber } from './csv-column.ts'
import { programColumns, schoolColumns } from './partner-columns.ts'

export type CsvRecordKind = Exclude<RecordKind, 'careers'>

/** The columns of each file. A column that is missing leaves the field as it is; an empty cell empties it. */
export const recordColumns: { readonly [kind in CsvRecordKind]: readonly CsvColumn[] } = {
  schools: schoolColumns,
  programs: programColumns,
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
