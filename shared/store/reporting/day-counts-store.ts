import * as z from 'zod'
import {
  type CellTable,
  cellTables,
  createCellSums,
  type ReportCell,
  sourceTables,
  storedCells,
  toStoredCells,
} from '../../domain/reporting/roll-up/cells.ts'
import { addDays, toDay } from '../../domain/time.ts'
import { countItemBytes } from '../engine/count-item-bytes.ts'
import type { Condition, Cursor, Engine, Item, Key, Row, Write } from '../engine/engine.ts'
import { toEpochSeconds } from '../engine/expiry.ts'
import type { Table } from '../keys.ts'
import { packPart, unpack } from '../packed.ts'
import { queryAll } from '../query-all.ts'
import { reportKey, reportPartKey, reportProgressKey } from '../report-keys.ts'
import { buildPartRows, joinPartRows } from './part-rows.ts'

/** The last count of a day. Leads received after `until` are not included. */
export type CountedDay = { day: string; until: string; finishedAt: string; cells: readonly ReportCell[] }
/** The progress of an unfinished run. */
export type RollUpProgress = { until: string; after: Cursor; cells: readonly ReportCell[] }
/**
 * The cells of one table that are read of days. `owner`: only those of one source or school. `needsQuarters`: whether a day is not wholly in
 * what is summed; of others a cell may be the sum of its day, at quarter 0.
 */
export type CellsRequest = {
  from: string
  to: string
  /** `whole`: all leads, by when they came. */
  table: CellTable | 'whole'
  owner?: string | undefined
  needsQuarters: (day: string) => boolean
}
export type DayCells = { day: string; until: string; cells: readonly ReportCell[] }

/** Beyond this a day has rows of its own for what reports group, so that a report reads only those that it asks for. */
const maxBytesInDayRow = 16 * 1024

/** The stored counts of days, in UTC. */
export function dayCountsStore(engine: Engine<Table>, maxInlineBytes = maxBytesInDayRow) {
  return {
    async findProgress(day: string): Promise<RollUpProgress | undefined> {
      const row = await engine.get({ in: 'leads', key: reportKey('daily', day) })
      const { until = '', underWay } = row ? dayRow.parse(row) : {}
      // Progress is void if a later run has finished since.
      if (!underWay || underWay.until <= until) return undefined
      const { until: progressUntil, after, parts } = underWay
      const { pk } = reportProgressKey(day, '')
      const rows = await queryAll(engine, { in: 'leads', pk, sk: { prefix: `${parts}#` }, limit: rowsPerPage })
      const joined = joinPartRows(rows)
      return joined && { until: progressUntil, after, cells: storedCells.parse(joined.value) }
    },

    async saveProgress(day: string, { until, after, cells }: RollUpProgress): Promise<void> {
      let name = ''
      const rows = buildPartRows(toStoredCells(cells), until, (number, digest) => {
        name = digest
        return reportProgressKey(day, `${digest}#${number}`)
      })
      const expiresAt = toEpochSeconds(new Date(addDays(until, progressDays)))
      for (const row of rows) await engine.transact([{ in: 'leads', put: { ...row, expiresAt } }])
      const set = { underWay: { until, after, parts: name } }
      await engine.transact([{ in: 'leads', change: reportKey('daily', day), set }])
    },

    /** Of two concurrent runs of one day, the one that read later wins. */
    async saveReport({ day, until, finishedAt, cells }: CountedDay): Promise<void> {
      const packedCells = packPart(toStoredCells(cells))
      const fits = countItemBytes(packedCells) <= maxInlineBytes
      if (!fits) await writeAll(listPartWrites(day, until, cells))
      const finished = {
        finishedAt,
        ...(fits ? packedCells : { inParts: true, ...packPart(toStoredCells(sumAll(cells))) }),
      }
      const set = { until, layout: countLayout, finished }
      const change = { change: reportKey('daily', day), set, remove: ['underWay'], when: ifOlder(until) }
      await engine.transact([{ in: 'leads', ...change }])
    },

    /** The instant up to which each day of a span was counted; uncounted days are absent. Both ends are inclusive. */
    async listFreshness(from: string, to: string): Promise<Map<string, string>> {
      const { pk } = reportKey('daily', '')
      const rows = await queryAll(engine, { in: 'leads', pk, sk: { from, to }, limit: rowsPerPage })
      return new Map(rows.flatMap((row) => (isCounted(row) ? [[row.sk, row.until] as const] : [])))
    },

    async findFirstReportDay(): Promise<string | undefined> {
      const { items } = await engine.query({ in: 'leads', pk: reportKey('daily', '').pk, limit: 1 })
      return items[0]?.sk
    },

    /** The counted days of a span, oldest first, in the memory of a few. Both ends are inclusive. */
    async *readDays({ from, to, table, owner, needsQuarters }: CellsRequest): AsyncGenerator<DayCells> {
      const { pk } = reportKey('daily', '')
      let after: Cursor | undefined
      do {
        const page = { sk: { from, to }, limit: daysPerPage, mayLag: true, ...(after && { after }) }
        const { items, next } = await engine.query({ in: 'leads', pk, ...page })
        const counted = items.filter(isCounted).map((row) => countedRow.parse(row))
        const inParts = counted.filter(({ finished }) => finished.inParts).map(({ sk }) => sk)
        const parts = await readParts(inParts, { table, owner, needsQuarters })
        for (const { sk: day, until, finished } of counted) {
          const isWanted = (cell: ReportCell) =>
            cell.table === (table === 'whole' ? 'sources' : table) && (owner === undefined || cell.owner === owner)
          if (!finished.inParts || table === 'whole') yield { day, until, cells: finished.cells.filter(isWanted) }
          else {
            const part = parts.get(day)
            if (part) yield { day, until: earlier(part.until, until), cells: part.cells.filter(isWanted) }
            // Its source or school has no lead of the day. A table of all is there, unless a count is being written.
            else if (owner !== undefined) yield { day, until, cells: [] }
          }
        }
        after = next
      } while (after)
    },
  }

  /** The parts of days, by day: one query for all of them, and one for each day of which the quarters are needed. */
  async function readParts(
    days: readonly string[],
    { table, owner, needsQuarters }: Omit<CellsRequest, 'from' | 'to'>,
  ): Promise<Map<string, { until: string; cells: readonly ReportCell[] }>> {
    const [first = ''] = days
    if (days.length === 0 || table === 'whole') return new Map()
    const last = days.at(-1) ?? first
    const query = (of: string, from: string, to: string) =>
      queryAll(engine, {
        in: 'leads',
        ...{ pk: reportPartKey(of, '').pk, sk: { from, to: `${to}#~` } },
        limit: rowsPerPage,
        mayLag: true,
      })
    if (owner !== undefined) return joinDays(await query(`owner#${toAccountName(table, owner)}`, first, last))
    const detailed = days.filter(needsQuarters)
    const rows = days.length > detailed.length ? await query(`totals#${table}`, first, last) : []
    const detailedRows = await Promise.all(detailed.map((day) => query(`quarters#${table}`, day, day)))
    return new Map([...joinDays(rows), ...joinDays(detailedRows.flat())])
  }

  async function writeAll(rows: readonly (Key & Item)[]): Promise<void> {
    const size = engine.prefersLoneWrites ? 1 : rowsPerTransaction
    for (let at = 0; at < rows.length; at += size * concurrentWrites) {
      const batches = Array.from({ length: concurrentWrites }, (_, batch) =>
        rows.slice(at + batch * size, at + (batch + 1) * size),
      ).filter((batch) => batch.length > 0)
      const outcomes = await Promise.all(batches.map((batch) => engine.transact(batch.map(toPartWrite))))
      // A newer count was written first: that is no fault.
      if (outcomes.some((outcome) => !outcome.done && outcome.refused.includes('conflict')))
        throw new Error('Another run is writing the same count. The next run repeats it.')
    }
  }
}

/** A newer count stays, and then so does everything that is written with it. */
function toPartWrite({ pk, sk, ...set }: Row): Write<Table> {
  return { in: 'leads', change: { pk, sk }, set, when: ifOlder(String(set.until)) }
}

function listPartWrites(day: string, until: string, cells: readonly ReportCell[]): (Key & Item)[] {
  const byTable = cellTables.flatMap((table) => {
    const quarters = sumOwners(cells, table)
    const totals = createCellSums(quarters.map((cell) => ({ ...cell, quarter: 0 }))).list()
    return [...buildRows(`totals#${table}`, totals), ...buildRows(`quarters#${table}`, quarters)]
  })
  const owners = Map.groupBy(cells, ({ table, owner }) => toAccountName(table, owner))
  return [...byTable, ...[...owners].flatMap(([name, ofOwner]) => buildRows(`owner#${name}`, ofOwner))]

  function buildRows(of: string, some: readonly ReportCell[]) {
    return buildPartRows(toStoredCells(some), until, (number) => reportPartKey(of, `${day}#${number}`))
  }
}

/** The cells of a table for all owners together, unless its rows are the owners. */
function sumOwners(cells: readonly ReportCell[], table: CellTable): ReportCell[] {
  const own = cells.filter((cell) => cell.table === table)
  if (table === 'sources' || table === 'schools') return own
  return createCellSums(own.map((cell) => ({ ...cell, owner: '' }))).list()
}

/** All leads, by when they came. */
function sumAll(cells: readonly ReportCell[]): ReportCell[] {
  const ofSources = cells.filter(({ table }) => table === 'sources')
  return createCellSums(ofSources.map((cell) => ({ ...cell, owner: '' }))).list()
}

function earlier(one: string, other: string): string {
  return one < other ? one : other
}

const sourceTableNames: ReadonlySet<CellTable> = new Set(sourceTables)

function toAccountName(table: CellTable, owner: string): string {
  return `${sourceTableNames.has(table) ? 'sources' : 'schools'}#${owner}`
}

function joinDays(rows: readonly Row[]): Map<string, { until: string; cells: readonly ReportCell[] }> {
  const days = [...Map.groupBy(rows, ({ sk }) => toDay(sk))].flatMap(([day, parts]) => {
    const joined = joinPartRows(parts)
    return joined ? [[day, { until: joined.until, cells: storedCells.parse(joined.value) }] as const] : []
  })
  return new Map(days)
}

/** Grows with each change of what a count has, so that days of before are counted once more. */
export const countLayout = 2
const daysPerPage = 31
const rowsPerPage = 100
const rowsPerTransaction = 25
const concurrentWrites = 8
const progressDays = 3

function ifOlder(until: string): Condition {
  const attribute = 'until'
  return {
    any: [
      { attribute, is: 'absent' },
      { attribute, is: 'at-most', value: until },
    ],
  }
}

function isCounted(row: Row): row is Row & { until: string } {
  return row.layout === countLayout && typeof row.until === 'string'
}

const dayRow = z.object({
  until: z.string().optional(),
  /** An earlier edition stored the figures themselves: such a count begins again. */
  underWay: z
    .object({ until: z.string(), after: z.record(z.string(), z.string()), parts: z.string() })
    .optional()
    .catch(undefined),
})
const countedRow = z.object({
  sk: z.string(),
  until: z.string(),
  finished: z
    .looseObject({ finishedAt: z.string(), inParts: z.literal(true).optional() })
    .transform((row) => ({ inParts: row.inParts === true, cells: storedCells.parse(unpack(row)) })),
})
