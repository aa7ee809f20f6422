import { readDailyReport as route } from '#shared/contract/reporting/reports.ts'
import type { Reply } from '#shared/contract/route.ts'
import { toReportedFigures } from '#shared/domain/reporting/report.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { type LoadSpanReportDependencies, loadDailyReport } from './load-span-report.ts'

/** Returns leads, results and revenue by day. */
export async function readDailyReport(
  { query }: Request<typeof route>,
  deps: LoadSpanReportDependencies,
): Promise<Reply<typeof route>> {
  const { head, days, total } = await loadDailyReport(query, deps)
  const reportDays = days.map(({ day, asOf, figures }) => ({ day, asOf, ...toReportedFigures(figures) }))
  const body = { ...head, days: reportDays, ...(days.length > 0 && { total: toReportedFigures(total) }) }
  return { status: 200, body }
}

export const handler = defineHandler(route, readDailyReport)
