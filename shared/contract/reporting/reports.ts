import * as z from 'zod'
import { leadCounts } from '../../domain/reporting/figures.ts'
import { reconciliation } from '../../domain/reporting/reconciliation.ts'
import { reportedDeliveries, reportedFigures } from '../../domain/reporting/report.ts'
import { reportGroups } from '../../domain/reporting/report-groups.ts'
import { maxFreeValues } from '../../domain/reporting/roll-up/free-values.ts'
import { instant, recordId, timeZone } from '../../domain/vocabulary.ts'
import { defineRoute } from '../route.ts'

export const readReconciliation = defineRoute({
  name: 'readReconciliation',
  method: 'GET',
  path: '/v1/ops/reports/reconciliation',
  caller: 'operator',
  summary:
    'Reconcile the leads of a day (UTC): what decisions promised against what schools list, read from separate rows',
  description:
    'Runs every hour for today and yesterday. If `drift` is 0, `promised + unpromised` of the leads equals `delivered + ' +
    'inFlight + parked + unmatched + dead + rejected + erased` of the schools.',
  query: z.strictObject({ day: z.iso.date().optional().meta({ description: 'Absent: today.' }) }),
  responses: { 200: { description: 'The result of the last run.', body: reconciliation } },
  problems: ['NOT_FOUND'],
})

const spanQuery = {
  from: z.iso.date().optional().meta({ description: 'Absent: six days before `to`.' }),
  to: z.iso.date().optional().meta({ description: 'Absent: today.' }),
  timeZone: timeZone.optional().meta({ description: 'The time zone of the days. Absent: UTC.' }),
}
const ownerQuery = {
  schoolId: recordId.optional().meta({ description: 'Only the deliveries to this school.' }),
  sourceId: recordId.optional().meta({ description: 'Only the leads of this source.' }),
}
const spanFields = {
  from: z.iso.date(),
  to: z.iso.date(),
  timeZone: z.string().meta({ description: 'The time zone of the days.' }),
  asOf: instant.exactOptional().meta({
    description: 'Later changes are not included. It is that of the oldest count; absent if no day has been counted.',
  }),
  missing: z.array(z.iso.date()).meta({ description: 'Days that have not been counted yet and are in no total.' }),
}
const name = z.string().exactOptional().meta({ description: 'Absent if the record was deleted.' })
const reportGeneration = z.int().min(2).exactOptional().meta({
  description:
    'Of the record that the figures are of, if its ID was deleted and written again: each record has its own row.',
})
const countingNote =
  'Of any length, in days of any time zone, of which one may have 23 or 25 hours. A lead counts on the day on which it was **received**, with everything that happened ' +
  'to it since: a delivery, an enrollment or a return of today counts on the day of its lead, whatever its age. Today and ' +
  'yesterday are counted again every hour, and earlier days when one of their leads has changed. Test leads are excluded.'

export const readDailyReport = defineRoute({
  name: 'readDailyReport',
  method: 'GET',
  path: '/v1/ops/reports/daily',
  caller: 'operator',
  summary: 'Leads, results and revenue by day',
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
  summary: 'Deliveries, results and revenue by school',
  description: countingNote,
  query: z.strictObject({ ...spanQuery, schoolId: recordId.optional() }),
  responses: {
    200: {
      description: 'Highest revenue first.',
      body: z
        .object({
          ...spanFields,
          schools: z.array(
            z.object({ schoolId: recordId, generation: reportGeneration, name, ...reportedDeliveries.shape }),
          ),
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
  summary: 'Leads, results and revenue by source',
  description: countingNote,
  query: z.strictObject({ ...spanQuery, sourceId: recordId.optional() }),
  responses: {
    200: {
      description: 'Highest revenue first.',
      body: z
        .object({
          ...spanFields,
          sources: z.array(
            z.object({ sourceId: recordId, generation: reportGeneration, name, ...reportedFigures.shape }),
          ),
          total: reportedFigures.exactOptional(),
        })
        .meta({ id: 'SourcesReport' }),
    },
  },
})

export const readGroupReport = defineRoute({
  name: 'readGroupReport',
  method: 'GET',
  path: '/v1/ops/reports/groups',
  caller: 'operator',
  summary: 'Results and revenue by campaign, program, career, state, reason, sub-ID, UTM, disposition or hour',
  description:
    `${countingNote} A delivery to each school counts at its campaign, its program and its furthest disposition (\`none\` if its ` +
    'school said nothing); other rows count leads too. `reasons`: why schools were passed over in the latest decision on a lead, ' +
    'which counts once for each reason, as it does for each of its sub-IDs; such rows have no total. Of sub-IDs and UTM labels each ' +
    `source has a row for the ${maxFreeValues} that most of its leads of a day have; the others are one row with \`isOther\`. ` +
    'Identifiers of clicks, and labels with an email address, are not counted.',
  query: z.strictObject({ ...spanQuery, ...ownerQuery, by: z.enum(reportGroups) }),
  responses: {
    200: {
      description: 'Highest revenue first, hours in their order.',
      body: z
        .object({
          ...spanFields,
          by: z.enum(reportGroups),
          rows: z.array(
            z.object({
              id: z.string(),
              generation: reportGeneration,
              isOther: z.literal(true).exactOptional().meta({
                description: 'It stands for all values that are not among the most frequent of their source and day.',
              }),
              leads: leadCounts.exactOptional(),
              ...reportedDeliveries.shape,
            }),
          ),
          total: reportedDeliveries.exactOptional(),
        })
        .meta({ id: 'GroupReport' }),
    },
  },
  example: { query: { by: 'campaigns', from: '2026-11-17', to: '2026-11-23' } },
})

export const exportReport = defineRoute({
  name: 'exportReport',
  method: 'GET',
  path: '/v1/ops/reports/{report}/csv',
  caller: 'operator',
  summary: 'Export a report as CSV, without totals',
  description:
    'Money in cents, rates as fractions of 1. A day that has not been counted yet has a row without figures. Values that ' +
    'a spreadsheet would run as a formula are quoted.',
  params: z.object({ report: z.enum(['daily', 'schools', 'sources', ...reportGroups]) }),
  query: z.strictObject({ ...spanQuery, ...ownerQuery }),
  responses: { 200: { description: 'The whole report.', contentType: 'text/csv; charset=utf-8' } },
  problems: ['NOT_FOUND'],
  example: { params: { report: 'daily' } },
})
