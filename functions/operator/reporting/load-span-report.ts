import { invalidFields } from '#shared/contract/problems.ts'
import { parseOwnerName, toOwnerName } from '#shared/domain/catalog/generation.ts'
import { addFigures, emptyFigures, type Figures, toFigures } from '#shared/domain/reporting/figures.ts'
import type { Counts } from '#shared/domain/reporting/roll-up/cells.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { type ReportSpanQuery, type SumReportDependencies, sumReport } from '#shared/workflows/reporting/sum-report.ts'

export type LoadSpanReportDependencies = SumReportDependencies & Pick<Dependencies, 'records'>
type Kind = 'schools' | 'sources'

/** Leads, results and revenue by day. */
export async function loadDailyReport(query: ReportSpanQuery, deps: SumReportDependencies) {
  const { head, days, rows } = await sumReport({ query, table: 'whole', toRow: (_, local) => local.day }, deps)
  const reportDays = days.map((day) => ({ ...day, figures: toFigures(rows.get(day.day) ?? {}) }))
  return { head, days: reportDays, total: sumFigures(reportDays.map(({ figures }) => figures)) }
}

/** Leads, results and revenue by school or source, by owner name. */
export async function loadOwnerReport(kind: Kind, query: ReportSpanQuery, deps: SumReportDependencies) {
  const { head, days, rows } = await sumReport({ query, table: kind, toRow: ({ owner }) => owner }, deps)
  return { head, hasDays: days.length > 0, rows: toRows(rows) }
}

export function toRows(rows: ReadonlyMap<string, Counts>): (Figures & { id: string })[] {
  return [...rows].map(([id, counts]) => ({ id, ...toFigures(counts) }))
}

export function sumFigures(all: readonly Figures[]): Figures {
  return all.reduce(addFigures, emptyFigures)
}

/**
 * Adds names to the rows, or to those with the ID `only`. Their ids are owner names: a deleted record has a row of its own,
 * without a name, beside the one that has its ID now. Highest revenue first. @throws Refusal if `only` does not exist
 */
export async function addNames<Row extends { id: string; soldCents: number }>(
  rows: readonly Row[],
  { kind, only }: { kind: Kind; only?: string | undefined },
  deps: LoadSpanReportDependencies,
): Promise<(Row & { generation?: number; name?: string })[]> {
  const names = await loadNames(kind, deps)
  const selectedRows = rows.filter(({ id }) => only === undefined || parseOwnerName(id).id === only)
  if (
    only !== undefined &&
    selectedRows.length === 0 &&
    ![...names.keys()].some((ownerName) => parseOwnerName(ownerName).id === only)
  ) {
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
    .map((row) => ({ ...row, ...parseOwnerName(row.id), ...toNameField(names, row.id) }))
}

function toNameField(names: Map<string, string>, id: string): { name?: string } {
  const name = names.get(id)
  return name === undefined ? {} : { name }
}

/** By owner name. */
async function loadNames(kind: Kind, { records }: LoadSpanReportDependencies): Promise<Map<string, string>> {
  const names = new Map<string, string>()
  let page = await records.list(kind, { limit: 500 })
  for (;;) {
    for (const { id, generation, body } of page.records)
      if (typeof body.name === 'string') names.set(toOwnerName({ id, generation }), body.name)
    if (!page.next) return names
    page = await records.list(kind, { limit: 500, after: page.next })
  }
}
