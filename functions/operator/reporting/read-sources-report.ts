import { readSourcesReport as route } from '#shared/contract/reporting/reports.ts'
import type { Reply } from '#shared/contract/route.ts'
import { toReportedFigures } from '#shared/domain/reporting/report.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { addNames, type LoadSpanReportDependencies, loadOwnerReport, sumFigures } from './load-span-report.ts'

/** Returns leads, results and revenue by source. */
export async function readSourcesReport(
  { query }: Request<typeof route>,
  deps: LoadSpanReportDependencies,
): Promise<Reply<typeof route>> {
  const { head, hasDays, rows: all } = await loadOwnerReport('sources', query, deps)
  const rows = await addNames(all, { kind: 'sources', only: query.sourceId }, deps)
  const sources = rows.map(({ id, generation, name, ...figures }) => ({
    sourceId: id,
    ...(generation && { generation }),
    ...(name && { name }),
    ...toReportedFigures(figures),
  }))
  const total = toReportedFigures(sumFigures(rows))
  return { status: 200, body: { ...head, sources, ...(hasDays && { total }) } }
}

export const handler = defineHandler(route, readSourcesReport)
