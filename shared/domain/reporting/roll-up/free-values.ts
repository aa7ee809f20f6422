import { type CellTable, createCellSums, type ReportCell } from './cells.ts'

/** What publishers and pages choose freely, so that a day may have any number of values. */
const freeTables: ReadonlySet<CellTable> = new Set(['source-sub-ids', 'source-utm-sources', 'source-utm-campaigns'])
/** Of each source, table and day. */
export const maxFreeValues = 100
/** The value that stands for all others; no label has it. */
export const otherValues = ''

/**
 * Keeps the values that most leads of a source have on a day, and adds up the others. Of values that are equally frequent, the
 * first by name stay.
 */
export function limitFreeValues(cells: readonly ReportCell[]): ReportCell[] {
  const sums = createCellSums(cells.filter(({ table }) => !freeTables.has(table)))
  const free = cells.filter(({ table }) => freeTables.has(table))
  for (const group of Map.groupBy(free, ({ table, owner }) => `${table}\n${owner}`).values()) {
    const frequent = findFrequentValues(group)
    for (const cell of group) sums.add(frequent.has(cell.value) ? cell : { ...cell, value: otherValues })
  }
  return sums.list()
}

function findFrequentValues(cells: readonly ReportCell[]): Set<string> {
  const leads = new Map<string, number>()
  for (const { value, counts } of cells)
    if (value !== otherValues) leads.set(value, (leads.get(value) ?? 0) + (counts['leads.received'] ?? 0))
  const ranked = [...leads].toSorted(
    ([one, count], [other, otherCount]) => otherCount - count || (one < other ? -1 : 1),
  )
  return new Set(ranked.slice(0, maxFreeValues).map(([value]) => value))
}
