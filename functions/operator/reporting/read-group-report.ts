import { readGroupReport as route } from '#shared/contract/reporting/reports.ts'
import type { Reply } from '#shared/contract/route.ts'
import { toReportedDeliveries } from '#shared/domain/reporting/report.ts'
import { hasOverlappingRows } from '#shared/domain/reporting/report-groups.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { loadGroupReport } from './load-group-report.ts'
import { type LoadSpanReportDependencies, sumFigures } from './load-span-report.ts'

/** Returns results and revenue by what leads are counted by. */
export async function readGroupReport(
  { query }: Request<typeof route>,
  deps: LoadSpanReportDependencies,
): Promise<Reply<typeof route>> {
  const { head, hasLeads, rows } = await loadGroupReport(query, deps)
  const reported = rows.map(({ id, generation, isOther, ...figures }) => ({
    id,
    ...(generation && { generation }),
    ...(isOther && { isOther }),
    ...(hasLeads && { leads: figures.leads }),
    ...toReportedDeliveries(figures),
  }))
  const hasTotal = rows.length > 0 && !hasOverlappingRows(query.by)
  const total = hasTotal ? { total: toReportedDeliveries(sumFigures(rows)) } : {}
  return { status: 200, body: { ...head, by: query.by, rows: reported, ...total } }
}

export const handler = defineHandler(route, readGroupReport)
