import { readSourcesReport as route } from '#shared/contract/reporting/reports.ts'
import type { Reply } from '#shared/contract/route.ts'
import { addFigures, emptyFigures, type Figures } from '#shared/domain/reporting/figures.ts'
import { toReportedFigures } from '#shared/domain/reporting/report.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { addNames, type LoadSpanReportDependencies, loadSpanReport } from './load-span-report.ts'

/** Returns leads, results and revenue by source. */
export async function readSourcesReport(
  { query }: Request<typeof route>,
  deps: LoadSpanReportDependencies,
): Promise<Reply<typeof route>> {
  const { head, days, sum } = await loadSpanReport(query, deps)
  const rows = await addNames(sum.sources, { kind: 'sources', only: query.sourceId }, deps)
  const sources = rows.map(({ id, generation, name, ...figures }) => ({
    sourceId: id,
    ...(generation && { generation }),
    ...(name && { name }),
    ...toReportedFigures(figures),
  }))
  const total = toReportedFigures(rows.reduce<Figures>(addFigures, emptyFigures))
  return { status: 200, body: { ...head, sources, ...(days.length > 0 && { total }) } }
}

export const handler = defineHandler(route, readSourcesReport)
