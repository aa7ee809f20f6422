import { readDailyReport as route } from '#shared/contract/reporting/reports.ts'
import type { Reply } from '#shared/contract/route.ts'
import { toReportedFigures } from '#shared/domain/reporting/report.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { type LoadSpanReportDependencies, loadSpanReport } from './load-span-report.ts'

/** Returns leads, results and revenue by day. */
export async function readDailyReport(
  { query }: Request<typeof route>,
  deps: LoadSpanReportDependencies,
): Promise<Reply<typeof route>> {
  const { head, days, sum } = await loadSpanReport(query, deps)
  const reportDays = days.map(({ day, until, whole }) => ({ day, asOf: until, ...toReportedFigures(whole) }))
  return {
    status: 200,
    body: { ...head, days: reportDays, ...(days.length > 0 && { total: toReportedFigures(sum.whole) }) },
  }
}

export const handler = defineHandler(route, readDailyReport)
