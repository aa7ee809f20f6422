import { readDailyReport as route } from '#shared/contract/reporting/reports.ts'
import type { Reply } from '#shared/contract/route.ts'
import { reportFigures } from '#shared/domain/reporting/report.ts'
import { type Request, serve } from '#shared/http/api.ts'
import { type Needs, reportOfSpan, sumOf } from './report-of-span.ts'

/** What came in, what became of it and what it was worth, day by day. */
export async function readDailyReport({ query }: Request<typeof route>, needs: Needs): Promise<Reply<typeof route>> {
  const { head, days } = await reportOfSpan(query, needs)
  const told = days.map(({ day, until, whole }) => ({ day, asOf: until, ...reportFigures(whole) }))
  return {
    status: 200,
    body: { ...head, days: told, ...(days.length > 0 && { total: reportFigures(sumOf(days).whole) }) },
  }
}

export const handler = serve(route, readDailyReport)
