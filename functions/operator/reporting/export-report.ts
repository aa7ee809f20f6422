import { exportReport as route } from '#shared/contract/reporting/reports.ts'
import type { Reply } from '#shared/contract/route.ts'
import { reportFigures, reportSent } from '#shared/domain/reporting/report.ts'
import { type ReportLine, reportCsv } from '#shared/format/report-csv.ts'
import { type Request, serve } from '#shared/http/api.ts'
import { type Needs, named, reportOfSpan, sumOf } from './report-of-span.ts'

/** A report for a spreadsheet. */
export async function exportReport(
  { params: { report }, query }: Request<typeof route>,
  needs: Needs,
): Promise<Reply<typeof route>> {
  const { head, days } = await reportOfSpan(query, needs)
  const lines = await linesOf[report]({ days, missing: head.missing }, needs)
  return { status: 200, body: reportCsv(lines) }
}

type Counted = Pick<Awaited<ReturnType<typeof reportOfSpan>>, 'days'> & { missing: readonly string[] }

const linesOf: { [report in 'daily' | 'schools' | 'sources']: (of: Counted, needs: Needs) => Promise<ReportLine[]> } = {
  async daily({ days, missing }) {
    const counted = days.map(({ day, whole }) => ({ key: { day }, counted: reportFigures(whole) }))
    const uncounted = missing.map((day) => ({ key: { day } }))
    return [...counted, ...uncounted].toSorted((one, other) => (one.key.day < other.key.day ? -1 : 1))
  },
  async schools({ days }, needs) {
    const rows = await named(sumOf(days).schools, { kind: 'schools' }, needs)
    return rows.map(({ id, name = '', ...sent }) => ({ key: { schoolId: id, name }, counted: reportSent(sent) }))
  },
  async sources({ days }, needs) {
    const rows = await named(sumOf(days).sources, { kind: 'sources' }, needs)
    return rows.map(({ id, name = '', ...all }) => ({ key: { sourceId: id, name }, counted: reportFigures(all) }))
  },
}

export const handler = serve(route, exportReport)
