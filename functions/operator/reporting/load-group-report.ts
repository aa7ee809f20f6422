import { invalidFields } from '#shared/contract/problems.ts'
import { parseOwnerName, toOwnerName } from '#shared/domain/catalog/generation.ts'
import type { Figures } from '#shared/domain/reporting/figures.ts'
import { findReportTable, type ReportGroup, type ReportSide } from '#shared/domain/reporting/report-groups.ts'
import { otherValues } from '#shared/domain/reporting/roll-up/free-values.ts'
import { type ReportSpanQuery, sumReport } from '#shared/workflows/reporting/sum-report.ts'
import { type LoadSpanReportDependencies, toRows } from './load-span-report.ts'

export type GroupQuery = ReportSpanQuery & {
  by: ReportGroup
  schoolId?: string | undefined
  sourceId?: string | undefined
}
/** `generation`: of a campaign whose ID was used before. `isOther`: all values that are not among the most frequent of their day. */
export type GroupRow = Figures & { id: string; generation?: number; isOther?: true }

/**
 * Leads, results and revenue by a group; hours in their order, others with the highest revenue first. `hasLeads`: whether the rows are of
 * leads and not only of deliveries. @throws Refusal naming the field that is wrong
 */
export async function loadGroupReport(
  { by, schoolId, sourceId, ...query }: GroupQuery,
  deps: LoadSpanReportDependencies,
) {
  const side: ReportSide = schoolId !== undefined ? 'schools' : sourceId !== undefined ? 'sources' : 'all'
  const table = findReportTable(by, side)
  if (table === undefined || (schoolId !== undefined && sourceId !== undefined)) throw refuseSide(by, side)
  const owner = await findOwner(side, schoolId ?? sourceId ?? '', deps)
  const toHour = (hour: number) => String(hour).padStart(2, '0')
  const { head, rows } = await sumReport(
    { query, table, owner, toRow: ({ value }, { hour }) => (by === 'hours' ? toHour(hour) : value) },
    deps,
  )
  const rank = (row: Figures) => (by === 'hours' ? 0 : row.soldCents)
  const sorted = toRows(rows).toSorted((one, other) => rank(other) - rank(one) || (one.id < other.id ? -1 : 1))
  const hasLeads = table === 'whole' || table.startsWith('source')
  return { head, hasLeads, rows: sorted.map((row): GroupRow => ({ ...row, ...parseRowId(by, row.id) })) }
}

function parseRowId(by: ReportGroup, id: string): Pick<GroupRow, 'id' | 'generation' | 'isOther'> {
  if (id === otherValues) return { id: 'other', isOther: true }
  // Only campaigns have owner names.
  return by === 'campaigns' ? parseOwnerName(id) : { id }
}

function refuseSide(by: ReportGroup, side: ReportSide) {
  const [pointer, name] = side === 'sources' ? ['?sourceId', 'source'] : ['?schoolId', 'school']
  const detail = `must be absent: ${by} are not counted for each ${name}, nor is anything for both`
  return invalidFields([{ pointer, code: 'not_counted', detail }])
}

async function findOwner(
  side: ReportSide,
  id: string,
  { records }: LoadSpanReportDependencies,
): Promise<string | undefined> {
  if (side === 'all') return undefined
  const record = await records.get(side, id)
  if (record) return toOwnerName({ id, generation: record.generation })
  const [pointer, name] = side === 'schools' ? ['?schoolId', 'school'] : ['?sourceId', 'source']
  throw invalidFields([{ pointer, code: 'unknown', detail: `must be the ID of an existing ${name}` }])
}
