import { readSchoolsReport as route } from '#shared/contract/reporting/reports.ts'
import type { Reply } from '#shared/contract/route.ts'
import { toReportedDeliveries } from '#shared/domain/reporting/report.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { addNames, type LoadSpanReportDependencies, loadOwnerReport, sumFigures } from './load-span-report.ts'

/** Returns deliveries, results and revenue by school. */
export async function readSchoolsReport(
  { query }: Request<typeof route>,
  deps: LoadSpanReportDependencies,
): Promise<Reply<typeof route>> {
  const { head, hasDays, rows: all } = await loadOwnerReport('schools', query, deps)
  const rows = await addNames(all, { kind: 'schools', only: query.schoolId }, deps)
  const schools = rows.map(({ id, generation, name, ...figures }) => ({
    schoolId: id,
    ...(generation && { generation }),
    ...(name && { name }),
    ...toReportedDeliveries(figures),
  }))
  const total = toReportedDeliveries(sumFigures(rows))
  return { status: 200, body: { ...head, schools, ...(hasDays && { total }) } }
}

export const handler = defineHandler(route, readSchoolsReport)
