import { invalidFields } from '../../contract/problems.ts'
import { findDaySpan, findToday } from '../../domain/reporting/day-span.ts'
import { parseReportSpan, type ReportSpan } from '../../domain/reporting/report-span.ts'
import {
  addCounts,
  type CellTable,
  type Counts,
  quartersPerDay,
  type ReportCell,
} from '../../domain/reporting/roll-up/cells.ts'
import { createZoneClock } from '../../domain/reporting/zone-clock.ts'
import { listDays, toDay } from '../../domain/time.ts'
import type { Dependencies } from '../../platform/dependencies.ts'

export type SumReportDependencies = Pick<Dependencies, 'rollUps' | 'recountMarks' | 'now'>
export type ReportSpanQuery = { from?: string | undefined; to?: string | undefined; timeZone?: string | undefined }
/** When a cell is of, in the time zone of the report. */
type LocalTime = { day: string; hour: number }
type ReportRequest = {
  query: ReportSpanQuery
  /** `whole`: all leads, by when they came. */
  table: CellTable | 'whole'
  /** The owner name of the only source or school that is counted. */
  owner?: string | undefined
  /** The row that a cell is summed into. */
  toRow: (cell: ReportCell, local: LocalTime) => string
}
/** `asOf`: of the oldest count; absent if no day was counted. `missing`: days that are not counted, or not wholly. */
export type ReportHead = ReportSpan & { timeZone: string; asOf?: string; missing: string[] }
export type ReportSums = {
  head: ReportHead
  /** The counted days of the span, and until when they were counted. */
  days: { day: string; asOf: string }[]
  rows: Map<string, Counts>
}

/**
 * Sums what was counted of a span of days of a time zone. It reads the counts of each day once, and by quarters of an hour only where a day
 * of the zone begins or ends within one of UTC. @throws Refusal naming the field that is wrong
 */
export async function sumReport(
  { query, table, owner, toRow }: ReportRequest,
  deps: SumReportDependencies,
): Promise<ReportSums> {
  const { timeZone = 'UTC' } = query
  const span = parseSpan(query, findToday(deps.now(), timeZone))
  const clock = createZoneClock(timeZone)
  const isWithin = (day: string) => day >= span.from && day <= span.to
  const isWhole = (day: string) => isWithin(clock(day, 0).day) && isWithin(clock(day, quartersPerDay - 1).day)
  const localDays = listDays(span).map((day) => ({ day, ...findUtcDays(day, timeZone) }))
  const utcSpan = { from: localDays[0]?.first ?? span.from, to: localDays.at(-1)?.last ?? span.to }
  const rows = new Map<string, { [field: string]: number }>()
  const untils = new Map<string, string>()
  const request = { ...utcSpan, table, owner, needsQuarters: (day: string) => !isWhole(day) }
  for await (const { day, until, cells } of deps.rollUps.readDays(request)) {
    untils.set(day, until)
    for (const cell of cells) {
      const local = clock(day, cell.quarter)
      if (!isWithin(local.day)) continue
      const name = toRow(cell, local)
      const sum = rows.get(name) ?? {}
      addCounts(sum, cell.counts)
      rows.set(name, sum)
    }
  }
  const today = toDay(deps.now().toISOString())
  const firstDay = (await deps.recountMarks.findSettledDays())?.from ?? utcSpan.from
  const days = localDays.flatMap(({ day, first, last }) => {
    // The last hours of a day may be of a day of UTC that has not begun.
    const parts = listDays({ from: first, to: first <= today && last > today ? today : last })
    const found = parts.flatMap((part) => untils.get(part) ?? [])
    return found.length === parts.length ? [{ day, asOf: found.toSorted()[0] ?? '' }] : []
  })
  const counted = new Set(days.map(({ day }) => day))
  const missing = localDays.filter(({ day, last }) => last >= firstDay && !counted.has(day)).map(({ day }) => day)
  const [asOf] = days.map((one) => one.asOf).toSorted()
  return { head: { ...span, timeZone, ...(asOf && { asOf }), missing }, days, rows }
}

function parseSpan(query: ReportSpanQuery, today: string): ReportSpan {
  const result = parseReportSpan(query, today)
  if ('span' in result) return result.span
  const { field, ...fault } = result
  throw invalidFields([{ pointer: `?${field}`, ...fault }])
}

/** The days of UTC that a day of a zone has a part of. */
function findUtcDays(day: string, timeZone: string): { first: string; last: string } {
  if (timeZone === 'UTC') return { first: day, last: day }
  const { from, last } = findDaySpan(day, timeZone)
  return { first: toDay(from), last: toDay(last) }
}
