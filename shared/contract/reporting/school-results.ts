import * as z from 'zod'
import { weekResult } from '../../domain/reporting/school-results.ts'
import { timeZone } from '../../domain/vocabulary.ts'
import { cursorPage, cursorQuery } from '../paging.ts'
import { defineRoute } from '../route.ts'

export const readSchoolResults = defineRoute({
  name: 'readSchoolResults',
  method: 'GET',
  path: '/v1/school/results',
  caller: 'school',
  summary: 'What your school spent and what became of its leads, by week and campaign',
  description:
    'Counts your leads from the first one after `since`, as they are now; test leads are not counted. Each page counts `limit` leads, and a week or campaign ' +
    'may be in several pages: add their figures up.',
  query: cursorQuery.extend({
    since: z.iso.date().meta({ description: 'The first day, in the time zone of your school.' }),
  }),
  responses: {
    200: { description: 'One page.', body: z.object({ timeZone, results: z.array(weekResult), page: cursorPage }) },
  },
  example: { query: { since: '2026-11-02' } },
})
