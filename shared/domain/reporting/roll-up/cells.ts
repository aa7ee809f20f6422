import * as z from 'zod'

/** Numbers that are not 0, by the dotted names of their fields, such as `leads.received`. All are integers that can be added. */
export type Counts = { readonly [field: string]: number }

/** What the leads of a source are counted by. `sources`: all of them. */
export const sourceTables = [
  'sources',
  'source-careers',
  'source-states',
  'source-reasons',
  'source-sub-ids',
  'source-utm-sources',
  'source-utm-campaigns',
] as const
/** What the deliveries to a school are counted by. `schools`: all of them. */
export const schoolTables = [
  'schools',
  'school-campaigns',
  'school-programs',
  'school-careers',
  'school-states',
  'school-sources',
  'school-dispositions',
  'school-cohorts',
] as const
export const cellTables = [...sourceTables, ...schoolTables] as const
export type CellTable = (typeof cellTables)[number]

/**
 * What was counted of the leads that came in one quarter of an hour of a day (UTC), so that they can be summed to the days of any
 * time zone: all zones of today are ahead of UTC by whole quarters.
 */
export type ReportCell = {
  table: CellTable
  /** The owner name of the source or school. Empty: of all. */
  owner: string
  /** What the table is of, such as a campaign; empty if its rows are the owners. */
  value: string
  /** 0 to 95. */
  quarter: number
  counts: Counts
}
type CellPlace = Omit<ReportCell, 'counts'>

export const quartersPerDay = 96
const minutesPerQuarter = 15

/** The quarter of an hour of its day (UTC) that an instant is in. */
export function toQuarter(instant: string): number {
  const [hours = 0, minutes = 0] = instant.slice(11, 16).split(':').map(Number)
  return Math.floor((hours * 60 + minutes) / minutesPerQuarter)
}

/** Sums of cells, by place. */
export function createCellSums(initial: readonly ReportCell[] = []) {
  const sums = new Map<string, CellPlace & { counts: { [field: string]: number } }>()
  const add = ({ table, owner, value, quarter, counts }: ReportCell) => {
    const key = `${table}\n${owner}\n${quarter}\n${value}`
    const sum = sums.get(key)
    if (sum) addCounts(sum.counts, counts)
    else sums.set(key, { table, owner, value, quarter, counts: { ...counts } })
  }
  for (const cell of initial) add(cell)
  return {
    add,
    /** In a fixed order, so that equal sums are equal byte for byte. */
    list: (): ReportCell[] => [...sums.values()].toSorted(comparePlaces),
  }
}

/** Adds to `sum` in place. */
export function addCounts(sum: { [field: string]: number }, counts: Counts): void {
  for (const [field, count] of Object.entries(counts)) sum[field] = (sum[field] ?? 0) + count
}

function comparePlaces(one: CellPlace, other: CellPlace): number {
  return (
    compareTexts(one.table, other.table) ||
    compareTexts(one.owner, other.owner) ||
    compareTexts(one.value, other.value) ||
    one.quarter - other.quarter
  )
}

function compareTexts(one: string, other: string): number {
  if (one === other) return 0
  return one < other ? -1 : 1
}

/** The numbers of nested figures that are not 0. */
export function toCounts(figures: object): Counts {
  return Object.fromEntries(listNumbers(figures, '').filter(([, count]) => count !== 0))
}

function listNumbers(value: unknown, name: string): [string, number][] {
  if (typeof value === 'number') return [[name, value]]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([field, inner]) => listNumbers(inner, name === '' ? field : `${name}.${field}`))
}

/** The figures whose numbers these are, in the shape of figures that are all 0. Parse the result by their schema. */
export function nestCounts(counts: Counts, empty: unknown, name = ''): unknown {
  if (typeof empty === 'number') return counts[name] ?? empty
  const nest = ([field, inner]: [string, unknown]) =>
    [field, nestCounts(counts, inner, name === '' ? field : `${name}.${field}`)] as const
  if (Array.isArray(empty)) return empty.map((inner, at) => nest([String(at), inner])[1])
  return Object.fromEntries(Object.entries(Object(empty)).map(nest))
}

/** The cells of a table as columns, which are read quickly and compress well. */
const cellColumns = z.object({
  fields: z.array(z.string()),
  owners: z.array(z.string()),
  values: z.array(z.string()),
  quarters: z.array(z.int()),
  /** For each cell, a number for each field. */
  counts: z.array(z.number()),
})
type CellColumns = z.output<typeof cellColumns>

/** A table that a program of later added is of no use to this one. */
export const storedCells = z
  .record(z.string(), cellColumns)
  .transform((tables) => cellTables.flatMap((table) => listCells(table, tables[table])))

export function toStoredCells(cells: readonly ReportCell[]): { [table: string]: CellColumns } {
  const byTable = Map.groupBy(cells, ({ table }) => table)
  return Object.fromEntries([...byTable].map(([table, ofTable]) => [table, toColumns(ofTable)]))
}

function toColumns(cells: readonly ReportCell[]): CellColumns {
  const fields = [...new Set(cells.flatMap(({ counts }) => Object.keys(counts)))].toSorted()
  return {
    fields,
    owners: cells.map(({ owner }) => owner),
    values: cells.map(({ value }) => value),
    quarters: cells.map(({ quarter }) => quarter),
    counts: cells.flatMap(({ counts }) => fields.map((field) => counts[field] ?? 0)),
  }
}

function listCells(table: CellTable, columns: CellColumns | undefined): ReportCell[] {
  if (!columns) return []
  const { fields, owners, values, quarters, counts } = columns
  return owners.map((owner, row) => {
    const named: { [field: string]: number } = {}
    for (const [at, field] of fields.entries()) {
      const count = counts[row * fields.length + at] ?? 0
      if (count !== 0) named[field] = count
    }
    return { table, owner, value: values[row] ?? '', quarter: quarters[row] ?? 0, counts: named }
  })
}
