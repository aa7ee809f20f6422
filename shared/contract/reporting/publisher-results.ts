import * as z from 'zod'
import { subIdResult } from '../../domain/reporting/publisher-results.ts'
import { singleLine, timeZone } from '../../domain/vocabulary.ts'
import { cursorPage, cursorQuery } from '../paging.ts'
import { defineRoute } from '../route.ts'

export const readPublisherResults = defineRoute({
  name: 'readPublisherResults',
  method: 'GET',
  path: '/v1/publisher/results',
  caller: 'source',
  secretKey: true,
  summary: 'What became of your leads and what they earned, by day and by a sub ID of yours',
  description:
    'Counts your leads from the first one on `since`, as they are now; test leads are not counted. Each page counts `limit` leads, and a day may be in ' +
    'several pages: add its figures up.',
  query: cursorQuery.extend({
    since: z.iso.date().meta({ description: 'The first day, in the time zone of your source.' }),
    subId: singleLine(64).optional().meta({ description: 'The name of the sub ID to group by. Absent: only by day.' }),
  }),
  responses: {
    200: {
      description: 'One page.',
      body: z.object({
        timeZone,
        subIdNames: z.array(z.string()).meta({ description: 'Names of sub IDs that the counted leads have.' }),
        results: z.array(subIdResult),
        page: cursorPage,
      }),
    },
  },
  example: { query: { since: '2026-11-02', subId: 'sub1' } },
})
