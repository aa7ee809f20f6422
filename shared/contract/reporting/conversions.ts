import * as z from 'zod'
import { adPlatform, conversionEvent } from '../../domain/reporting/conversions.ts'
import { recordId } from '../../domain/vocabulary.ts'
import { cursorQuery } from '../paging.ts'
import { defineRoute } from '../route.ts'

const query = z.object({
  platform: adPlatform,
  event: conversionEvent.default('delivered').meta({ description: 'What counts as a conversion.' }),
  since: z.iso.date().meta({ description: 'Leads from this day on, in the time zone of the source.' }),
  cursor: cursorQuery.shape.cursor.meta({ description: 'From `X-Next-Cursor` of the previous page.' }),
})
const description =
  '`google`: click ID (`gclid`), name, time, value. `meta`: name, time, `fbc` (from `fbclid`), value, lead ID. Leads that did not come by a click of the ' +
  'platform are left out, and so are tests and people who withdrew consent, were deleted or sent Global Privacy Control. Only the first page has a header ' +
  'row, so the pages can be concatenated.'
const responses = {
  200: {
    description: 'One page, of at most 100 leads. It has the header `X-Next-Cursor` if there is another page.',
    contentType: 'text/csv; charset=utf-8',
  },
} as const

export const exportPublisherConversions = defineRoute({
  name: 'exportPublisherConversions',
  method: 'GET',
  path: '/v1/publisher/conversions/csv',
  caller: 'source',
  secretKey: true,
  summary: 'Export your conversions as CSV for Google Ads or Meta, with what each lead earned as its value',
  description,
  query,
  responses,
  example: { query: { platform: 'google', since: '2026-11-02' } },
})

export const exportConversions = defineRoute({
  name: 'exportConversions',
  method: 'GET',
  path: '/v1/ops/sources/{id}/conversions/csv',
  caller: 'operator',
  summary: 'Export the conversions of a source as CSV for Google Ads or Meta, with what schools paid as the value',
  description,
  params: z.object({ id: recordId }),
  query,
  responses,
  problems: ['NOT_FOUND'],
  example: { params: { id: 'my-site' }, query: { platform: 'google', since: '2026-11-02' } },
})
