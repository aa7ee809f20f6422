import { readSchoolsReport as route } from '#shared/contract/reporting/reports.ts'
import type { Reply } from '#shared/contract/route.ts'
import { addSent, nothingSent } from '#shared/domain/reporting/add-roll-ups.ts'
import type { Sent } from '#shared/domain/reporting/figures.ts'
import { reportSent } from '#shared/domain/reporting/report.ts'
import { type Request, serve } from '#shared/http/api.ts'
import { type Needs, named, reportOfSpan, sumOf } from './report-of-span.ts'

/** What each school got, what became of it and what it was worth. */
export async function readSchoolsReport({ query }: Request<typeof route>, needs: Needs): Promise<Reply<typeof route>> {
  const { head, days } = await reportOfSpan(query, needs)
  const rows = await named(sumOf(days).schools, { kind: 'schools', only: query.schoolId }, needs)
  const schools = rows.map(({ id, name, ...sent }) => ({ schoolId: id, ...(name && { name }), ...reportSent(sent) }))
  const total = reportSent(rows.reduce<Sent>(addSent, nothingSent))
  return { status: 200, body: { ...head, schools, ...(days.length > 0 && { total }) } }
}

export const handler = serve(route, readSchoolsReport)
