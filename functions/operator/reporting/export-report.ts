import { exportReport as route } from '#shared/contract/reporting/reports.ts'
import type { Reply } from '#shared/contract/route.ts'
import { toReportedDeliveries, toReportedFigures } from '#shared/domain/reporting/report.ts'
import { type ReportGroup, reportGroups } from '#shared/domain/reporting/report-groups.ts'
import { type ReportCsvRow, toReportCsv } from '#shared/format/to-report-csv.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { loadGroupReport } from './load-group-report.ts'
import { addNames, type LoadSpanReportDependencies, loadDailyReport, loadOwnerReport } from './load-span-report.ts'

type ExportRequest = Request<typeof route>
type ExportQuery = ExportRequest['query']

/** Returns a report as CSV. */
export async function exportReport(
  { params: { report }, query }: ExportRequest,
  deps: LoadSpanReportDependencies,
): Promise<Reply<typeof route>> {
  return { status: 200, body: toReportCsv(await listCsvRows(report, query, deps)) }
}

async function listCsvRows(
  report: ExportRequest['params']['report'],
  query: ExportQuery,
  deps: LoadSpanReportDependencies,
): Promise<ReportCsvRow[]> {
  const by = reportGroups.find((group) => group === report)
  if (by) return listGroupRows(by, query, deps)
  if (report === 'schools' || report === 'sources') return listOwnerRows(report, query, deps)
  const { head, days } = await loadDailyReport(query, deps)
  const countedRows = days.map(({ day, figures }) => ({ key: { day }, counted: toReportedFigures(figures) }))
  const missingRows = head.missing.map((day) => ({ key: { day } }))
  return [...countedRows, ...missingRows].toSorted((one, other) => (one.key.day < other.key.day ? -1 : 1))
}

async function listOwnerRows(kind: 'schools' | 'sources', query: ExportQuery, deps: LoadSpanReportDependencies) {
  const { rows } = await loadOwnerReport(kind, query, deps)
  const only = kind === 'schools' ? query.schoolId : query.sourceId
  return (await addNames(rows, { kind, only }, deps)).map(({ id, generation, name = '', ...figures }) => ({
    key: {
      [kind === 'schools' ? 'schoolId' : 'sourceId']: id,
      name,
      ...(generation && { generation: String(generation) }),
    },
    counted: kind === 'schools' ? toReportedDeliveries(figures) : toReportedFigures(figures),
  }))
}

const columns: { readonly [by in ReportGroup]: string } = {
  campaigns: 'campaignId',
  programs: 'programId',
  careers: 'careerSlug',
  states: 'state',
  reasons: 'reason',
  'sub-ids': 'subId',
  'utm-sources': 'utmSource',
  'utm-campaigns': 'utmCampaign',
  dispositions: 'disposition',
  hours: 'hour',
}

async function listGroupRows(by: ReportGroup, query: ExportQuery, deps: LoadSpanReportDependencies) {
  const { rows, hasLeads } = await loadGroupReport({ ...query, by }, deps)
  return rows.map(({ id, generation, isOther: _, ...figures }) => ({
    key: { [columns[by]]: id, ...(generation && { generation: String(generation) }) },
    counted: { ...(hasLeads && { leads: figures.leads }), ...toReportedDeliveries(figures) },
  }))
}

export const handler = defineHandler(route, exportReport)
