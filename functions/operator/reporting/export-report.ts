import { exportReport as route } from '#shared/contract/reporting/reports.ts'
import type { Reply } from '#shared/contract/route.ts'
import type { ReportGroup } from '#shared/domain/reporting/figures.ts'
import { toReportedDeliveries, toReportedFigures } from '#shared/domain/reporting/report.ts'
import { type ReportCsvRow, toReportCsv } from '#shared/format/to-report-csv.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { addNames, type LoadSpanReportDependencies, loadSpanReport } from './load-span-report.ts'
import { listGroupRows, toReported } from './read-group-report.ts'

/** Returns a report as CSV. */
export async function exportReport(
  { params: { report }, query }: Request<typeof route>,
  deps: LoadSpanReportDependencies,
): Promise<Reply<typeof route>> {
  const { head, days, sum } = await loadSpanReport(query, deps)
  const lines = await buildLines[report]({ days, sum, missing: head.missing }, deps)
  return { status: 200, body: toReportCsv(lines) }
}

type ReportDays = Pick<Awaited<ReturnType<typeof loadSpanReport>>, 'days' | 'sum'> & { missing: readonly string[] }

const buildLines: {
  [report in 'daily' | 'schools' | 'sources' | ReportGroup]: (
    of: ReportDays,
    deps: LoadSpanReportDependencies,
  ) => Promise<ReportCsvRow[]>
} = {
  async daily({ days, missing }) {
    const countedRows = days.map(({ day, whole }) => ({ key: { day }, counted: toReportedFigures(whole) }))
    const missingRows = missing.map((day) => ({ key: { day } }))
    return [...countedRows, ...missingRows].toSorted((one, other) => (one.key.day < other.key.day ? -1 : 1))
  },
  async schools({ sum }, deps) {
    const rows = await addNames(sum.schools, { kind: 'schools' }, deps)
    return rows.map(({ id, generation, name = '', ...figures }) => ({
      key: { schoolId: id, name, ...(generation && { generation: String(generation) }) },
      counted: toReportedDeliveries(figures),
    }))
  },
  async sources({ sum }, deps) {
    const rows = await addNames(sum.sources, { kind: 'sources' }, deps)
    return rows.map(({ id, generation, name = '', ...figures }) => ({
      key: { sourceId: id, name, ...(generation && { generation: String(generation) }) },
      counted: toReportedFigures(figures),
    }))
  },
  campaigns: async ({ sum }) => buildGroupLines('campaigns', 'campaignId', sum),
  programs: async ({ sum }) => buildGroupLines('programs', 'programId', sum),
  careers: async ({ sum }) => buildGroupLines('careers', 'careerSlug', sum),
  states: async ({ sum }) => buildGroupLines('states', 'state', sum),
}

function buildGroupLines(by: ReportGroup, column: string, sum: ReportDays['sum']): ReportCsvRow[] {
  return listGroupRows(by, sum).map(({ id, generation, ...figures }) => ({
    key: { [column]: id, ...(generation && { generation: String(generation) }) },
    counted: toReported(figures),
  }))
}

export const handler = defineHandler(route, exportReport)
