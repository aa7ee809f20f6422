import { readSourcesReport as route } from '#shared/contract/reporting/reports.ts'
import type { Reply } from '#shared/contract/route.ts'
import { addFigures, nothingHappened } from '#shared/domain/reporting/add-roll-ups.ts'
import type { Figures } from '#shared/domain/reporting/figures.ts'
import { reportFigures } from '#shared/domain/reporting/report.ts'
import { type Request, serve } from '#shared/http/api.ts'
import { type Needs, named, reportOfSpan, sumOf } from './report-of-span.ts'

/** What each source sent, what became of it and what it was worth. */
export async function readSourcesReport({ query }: Request<typeof route>, needs: Needs): Promise<Reply<typeof route>> {
  const { head, days } = await reportOfSpan(query, needs)
  const rows = await named(sumOf(days).sources, { kind: 'sources', only: query.sourceId }, needs)
  const sources = rows.map(({ id, name, ...all }) => ({ sourceId: id, ...(name && { name }), ...reportFigures(all) }))
  const total = reportFigures(rows.reduce<Figures>(addFigures, nothingHappened))
  return { status: 200, body: { ...head, sources, ...(days.length > 0 && { total }) } }
}

export const handler = serve(route, readSourcesReport)
