import { invalidFields } from '#shared/contract/problems.ts'
import { parseOwnerName, toOwnerName } from '#shared/domain/catalog/generation.ts'
import {
  addRollUps,
  emptyGroups,
  emptyRollUp,
  type Figures,
  type RollUpFigures,
} from '#shared/domain/reporting/figures.ts'
import { parseReportSpan } from '#shared/domain/reporting/report-span.ts'
import { listDays, toDay } from '#shared/domain/time.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'

export type LoadSpanReportDependencies = Pick<Dependencies, 'rollUps' | 'recountMarks' | 'records' | 'now'>
type SpanQuery = { from?: string | undefined; to?: string | undefined }
type Kind = 'schools' | 'sources'

/**
 * Loads the counted days of a span and their sum, and lists the uncounted ones. Days from before the first lead are not
 * missing. The figures by school and source of each day are not kept, so that a span may be long. @throws Refusal naming the field that is wrong
 */
export async function loadSpanReport(query: SpanQuery, { rollUps, recountMarks, now }: LoadSpanReportDependencies) {
  const result = parseReportSpan(query, toDay(now().toISOString()))
  if ('field' in result) {
    const { field, ...fault } = result
    throw invalidFields([{ pointer: `?${field}`, ...fault }])
  }
  const { from, to } = result.span
  const days: { day: string; until: string; whole: Figures; hasGroups: boolean }[] = []
  let sum: RollUpFigures = emptyRollUp
  for await (const { day, until, ...figures } of rollUps.readReports(from, to)) {
    days.push({ day, until, whole: figures.whole, hasGroups: figures.groups !== undefined })
    sum = addRollUps(sum, { groups: emptyGroups, ...figures })
  }
  const countedDays = new Set(days.map(({ day }) => day))
  const [asOf] = days.map(({ until }) => until).toSorted()
  const firstDay = (await recountMarks.findSettledDays())?.from ?? from
  const missing = listDays(result.span).filter((day) => day >= firstDay && !countedDays.has(day))
  return { days, sum, head: { from, to, ...(asOf && { asOf }), missing } }
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
