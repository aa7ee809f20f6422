import * as z from 'zod'
import { maxDays } from '../../domain/reporting/parse-report-span.ts'
import { reconciliation } from '../../domain/reporting/reconciliation.ts'
import { reportedDeliveries, reportedFigures } from '../../domain/reporting/report.ts'
import { instant, recordId } from '../../domain/vocabulary.ts'
import { defineRoute } from '../route.ts'

export const readReconciliation = defineRoute({
  name: 'readReconciliation',
  method: 'GET',
  path: '/v1/ops/reports/reconciliation',
  caller: 'operator',
  summary: 'Whether every lead of a day (UTC) is accounted for, as two sides of the books say that do not share rows',
  description:
    'Made every hour for today and yesterday. Where `drift` is 0, `promised + unpromised` of the leads is `delivered + ' +
    'inFlight + parked + unmatched + dead + rejected + erased` of the schools.',
  query: z.strictObject({ day: z.iso.date().optional().meta({ description: 'Absent: today.' }) }),
  responses: { 200: { description: 'What was found last.', body: reconciliation } },
  problems: ['NOT_FOUND'],
})

const spanQuery = {
  from: z.iso.date().optional().meta({ description: 'Absent: six days before `to`.' }),
  to: z.iso.date().optional().meta({ description: 'Absent: today (UTC).' }),
}
const spanFields = {
  from: z.iso.date(),
  to: z.iso.date(),
  asOf: instant.exactOptional().meta({
    description: 'What came later is not in it. The oldest of its days; absent where none of them has been counted.',
  }),
  missing: z.array(z.iso.date()).meta({ description: 'Days that have not been counted yet. They are in no sum.' }),
}
const name = z.string().exactOptional().meta({ description: 'Absent where the record is there no more.' })
const countingNote =
  `At most ${maxDays} days (UTC). Leads count on the day on which they were **received**, with all that became of them ` +
  'since: a delivery, an enrollment or a return of today is found on the day of its lead. Every hour today and yesterday ' +
  'are counted anew, and once a day the 45 days before. Test leads count nowhere.'

export const readDailyReport = defineRoute({
  name: 'readDailyReport',
  method: 'GET',
  path: '/v1/ops/reports/daily',
  caller: 'operator',
  summary: 'Leads, what became of them, and money, day by day',
  description: countingNote,
  query: z.strictObject(spanQuery),
  responses: {
    200: {
      description: 'Oldest first.',
      body: z
        .object({
          ...spanFields,
          days: z.array(z.object({ day: z.iso.date(), asOf: instant, ...reportedFigures.shape })),
          total: reportedFigures.exactOptional(),
        })
        .meta({ id: 'DailyReport' }),
    },
  },
  example: { query: { from: '2026-11-17', to: '2026-11-23' } },
})

export const readSchoolsReport = defineRoute({
  name: 'readSchoolsReport',
  method: 'GET',
  path: '/v1/ops/reports/schools',
  caller: 'operator',
  summary: 'What each school got, what became of it, and money',
  description: countingNote,
  query: z.strictObject({ ...spanQuery, schoolId: recordId.optional() }),
  responses: {
    200: {
      description: 'By what was sold, most first.',
      body: z
        .object({
          ...spanFields,
          schools: z.array(z.object({ schoolId: recordId, name, ...reportedDeliveries.shape })),
          total: reportedDeliveries.exactOptional(),
        })
        .meta({ id: 'SchoolsReport' }),
    },
  },
})

export const readSourcesReport = defineRoute({
  name: 'readSourcesReport',
  method: 'GET',
  path: '/v1/ops/reports/sources',
  caller: 'operator',
  summary: 'What each source sent, what became of it, and money',
  description: countingNote,
  query: z.strictObject({ ...spanQuery, sourceId: recordId.optional() }),
  responses: {
    200: {
      description: 'By what was sold, most first.',
      body: z
        .object({
          ...spanFields,
          sources: z.array(z.object({ sourceId: recordId, name, ...reportedFigures.shape })),
          total: reportedFigures.exactOptional(),
        })
        .meta({ id: 'SourcesReport' }),
    },
  },
})

export const exportReport = defineRoute({
  name: 'exportReport',
  method: 'GET',
  path: '/v1/ops/reports/{report}/csv',
  caller: 'operator',
  summary: 'A report as CSV, without its totals',
  description:
    'Money in cents, rates as shares of 1. A day that has not been counted yet has a line without figures. What a ' +
    'spreadsheet would take for a formula is put in quotes.',
  params: z.object({ report: z.enum(['daily', 'schools', 'sources']) }),
  query: z.strictObject(spanQuery),
  responses: { 200: { description: 'All of it.', contentType: 'text/csv; charset=utf-8' } },
  problems: ['NOT_FOUND'],
  example: { params: { report: 'daily' } },
})
