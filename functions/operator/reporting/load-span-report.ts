import { invalidFields } from '#shared/contract/problems.ts'
import { addRollUps, emptyRollUp, type RollUpFigures } from '#shared/domain/reporting/figures.ts'
import { parseReportSpan } from '#shared/domain/reporting/report-span.ts'
import { listDays, toDay } from '#shared/domain/time.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { DayReport } from '#shared/store/reporting/roll-ups.ts'

export type LoadSpanReportDependencies = Pick<Dependencies, 'rollUps' | 'records' | 'now'>
type SpanQuery = { from?: string | undefined; to?: string | undefined }
type Kind = 'schools' | 'sources'

/** Loads the counted days of a span and lists the uncounted ones. @throws Refusal naming the field that is wrong */
export async function loadSpanReport(query: SpanQuery, { rollUps, now }: LoadSpanReportDependencies) {
  const result = parseReportSpan(query, toDay(now().toISOString()))
  if ('field' in result) {
    const { field, ...fault } = result
    throw invalidFields([{ pointer: `?${field}`, ...fault }])
  }
  const { from, to } = result.span
  const days = await rollUps.listReports(from, to)
  const countedDays = new Set(days.map(({ day }) => day))
  const [asOf] = days.map(({ until }) => until).toSorted()
  const missing = listDays(result.span).filter((day) => !countedDays.has(day))
  return { days, head: { from, to, ...(asOf && { asOf }), missing } }
}

export function sumDays(days: readonly DayReport[]): RollUpFigures {
  return days.reduce<RollUpFigures>(addRollUps, emptyRollUp)
}

/** Adds names to the rows, or to the one with the ID `only`. Highest revenue first. @throws Refusal if `only` does not exist */
export async function addNames<Row extends { id: string; soldCents: number }>(
  rows: readonly Row[],
  { kind, only }: { kind: Kind; only?: string | undefined },
  deps: LoadSpanReportDependencies,
): Promise<(Row & { name?: string })[]> {
  const names = await loadNames(kind, deps)
  const selectedRows = rows.filter(({ id }) => only === undefined || id === only)
  if (only !== undefined && selectedRows.length === 0 && !names.has(only)) {
    const field = kind === 'schools' ? 'schoolId' : 'sourceId'
    throw invalidFields([
      {
        pointer: `?${field}`,
        code: 'unknown',
        detail: `must be the ID of an existing ${kind === 'schools' ? 'school' : 'source'}`,
      },
    ])
  }
  return selectedRows
    .toSorted((one, other) => other.soldCents - one.soldCents || (one.id < other.id ? -1 : 1))
    .map((row) => ({ ...row, ...toNameField(names, row.id) }))
}

function toNameField(names: Map<string, string>, id: string): { name?: string } {
  const name = names.get(id)
  return name === undefined ? {} : { name }
}

async function loadNames(kind: Kind, { records }: LoadSpanReportDependencies): Promise<Map<string, string>> {
  const names = new Map<string, string>()
  let page = await records.list(kind, { limit: 500 })
  for (;;) {
    for (const { id, body } of page.records) if (typeof body.name === 'string') names.set(id, body.name)
    if (!page.next) return names
    page = await records.list(kind, { limit: 500, after: page.next })
  }
}
