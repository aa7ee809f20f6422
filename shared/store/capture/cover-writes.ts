import { mergeReservations } from '../../domain/routing/source/source-limits.ts'
import { getWriteKey } from '../engine/check-writes.ts'
import { countItemBytes } from '../engine/count-item-bytes.ts'
import type { Write } from '../engine/engine.ts'
import { limits } from '../engine/limits.ts'
import { coverKey, type Table } from '../keys.ts'
import type { RowStyle } from '../packed.ts'
import { buildMarkerWrites, toExpiry } from './dedupe-markers.ts'
import type { LeadCover, LeadRecord } from './lead-record.ts'
import {
  buildDecisionWrites,
  buildDeliveryRowWrites,
  checkReservation,
  type LeadWrite,
  listMarkers,
  putIfAbsent,
} from './lead-writes.ts'

/** How many writes of a submission are there for every person, before its dedupe markers. */
const countPersonWrites = (people: readonly string[]) => 3 + people.length

/** See `LeadCover`. `record` is the lead that `writes` save. */
export function buildCoverWrites(
  writes: readonly LeadWrite[],
  record: LeadRecord,
  { coverId, widest, checkedReservations }: LeadCover,
  style: RowStyle = 'compact',
): LeadWrite[] {
  const writtenKeys = new Set(writes.map(({ write }) => formatKey(write)))
  const checks = mergeReservations(checkedReservations)
    .map((reservation): LeadWrite => ({ write: checkReservation(reservation) }))
    .filter(({ write }) => !writtenKeys.has(formatKey(write)))
  const widestSize = measureWidest(writes, record, widest, style)
  const rowCount = widestSize.rows - writes.length - checks.length
  const expiresAt = toExpiry(record.lead.receivedAt, coverDays)
  const rows = Array.from({ length: Math.max(0, rowCount) }, (_, number) => ({
    ...coverKey(coverId, number),
    expiresAt,
  }))
  const rowBytes = rows.reduce((sum, row) => sum + countItemBytes(row), 0)
  const byteCount = Math.min(widestSize.bytes - countBytes(writes) - rowBytes, maxCoverBytes)
  return [
    ...checks,
    ...rows.map((row, number): LeadWrite => {
      const filler = number === 0 && byteCount > 0 ? { filler: ' '.repeat(byteCount) } : {}
      return { write: putIfAbsent({ ...row, ...filler }) }
    }),
  ]
}

/**
 * Measures the largest transaction. The rows of the person are as long in all, and the deliveries of a lead are equally long
 * but for names and what they take of caps, so that one of them is built, in as much time for every person, and counts for all.
 */
function measureWidest(
  writes: readonly LeadWrite[],
  { lead: { leadId, receivedAt, sourceGeneration }, people }: LeadRecord,
  outcome: LeadCover['widest'],
  style: RowStyle,
): { rows: number; bytes: number } {
  const { plannedDeliveries } = outcome
  const context = { leadId, receivedAt, sourceGeneration, style }
  const fixedWrites = [
    ...writes.slice(0, countPersonWrites(people)),
    ...buildMarkerWrites(listMarkers(outcome), leadId, receivedAt),
    ...buildDecisionWrites(context, outcome),
  ]
  const sampleDeliveryWrites = plannedDeliveries
    .slice(0, 1)
    .flatMap((planned) => buildDeliveryRowWrites({ ...context, inOneRow: style === 'plain' }, planned))
  const reservationCount = mergeReservations(plannedDeliveries.flatMap(({ reservations }) => reservations)).length
  const countRows = (rowsPerDelivery: number) =>
    fixedWrites.length + reservationCount + plannedDeliveries.length * rowsPerDelivery
  const rows = countRows(sampleDeliveryWrites.length)
  const sampleBytes = countBytes(sampleDeliveryWrites) - countReservedBytes(plannedDeliveries.slice(0, 1))
  return {
    rows: rows > limits.transactionWrites ? countRows(1) : rows,
    bytes: countBytes(fixedWrites) + plannedDeliveries.length * sampleBytes + countReservedBytes(plannedDeliveries),
  }
}

/** What the rows of deliveries say of the caps that they take. */
function countReservedBytes(plannedDeliveries: LeadCover['widest']['plannedDeliveries']): number {
  const taken = plannedDeliveries.flatMap(({ delivery, reservations }) => (delivery.test ? [] : reservations))
  return taken.reduce(
    (sum, { owner, counter, amount, limit }) => sum + countItemBytes({ owner, counter, amount, limit }),
    0,
  )
}

function formatKey(write: Write<Table>): string {
  const { pk, sk } = getWriteKey(write)
  return `${pk} ${sk}`
}

function countBytes(writes: readonly LeadWrite[]): number {
  return writes.reduce((sum, { write }) => sum + countWrittenBytes(write), 0)
}

function countWrittenBytes(write: Write<Table>): number {
  if ('put' in write) return countItemBytes(write.put)
  return 'change' in write && write.set ? countItemBytes({ ...write.change, ...write.set }) : 0
}

const coverDays = 1
const maxCoverBytes = 100_000
