import { withoutMarkers } from '#shared/store/capture/dedupe-markers.ts'
import { digestItem } from '#shared/store/engine/digest-item.ts'
import type { Key, Row } from '#shared/store/engine/engine.ts'
import type { Table } from '#shared/store/keys.ts'
import { findRowKind, isFinal, type RowKind, revertibleKinds } from './row-kinds.ts'
import type { RowWrite, TableAdmin } from './table-admin.ts'

export type KindCount = {
  /** How many rows each table has. */
  replaced: number
  restored: number
  /** Only in the restored table, and kept there. */
  recovered: number
  /** Copied from the replaced table: created or changed since, or restored wrongly. */
  copied: number
  /** Removed from the restored table: revoked keys, and how erased people were found. */
  removed: number
  /** Different, and left as of the restored time. */
  reverted: number
}
export type TableComparison = {
  kinds: { [kind: string]: KindCount }
  /** Rows that are older than the restored time and that the restored table lacks, as `pk / sk`; at most ten of them. */
  missing: { count: number; examples: string[] }
}
type TablePair = { table: Table; replaced: string; restored: string }
type SettleOptions = {
  at: Date
  revert: readonly string[]
  /** `compare`: nothing is written. */
  mode: 'compare' | 'settle'
  onProgress?: ((rows: number) => void) | undefined
}

/** Rows are written up to a request's timeout after the instant that they carry. */
const toleranceMs = 60_000
const batchSize = 25

/**
 * Compares a restored table with the one that it replaces, row by row, and makes up for what happened since: erasures,
 * withdrawals, deliveries and leads stay as they are in the replaced table, revoked keys stay revoked, and rows that only the
 * restored table has are recovered. Writing the same twice changes nothing, so an interrupted run is run again. Needs about
 * 200 MB of memory for each million rows.
 */
export async function settleTable(
  { table, replaced, restored }: TablePair,
  { at, revert, mode, onProgress }: SettleOptions,
  admin: Pick<TableAdmin, 'scan' | 'write'>,
): Promise<TableComparison> {
  const kinds: { [kind: string]: KindCount } = {}
  const missing: TableComparison['missing'] = { count: 0, examples: [] }
  const countOf = ({ name }: RowKind) => {
    kinds[name] ??= { replaced: 0, restored: 0, recovered: 0, copied: 0, removed: 0, reverted: 0 }
    return kinds[name]
  }
  let scannedRows = 0
  const countScanned = (rows: number) => {
    scannedRows += rows
    onProgress?.(scannedRows)
  }
  const unmatched = new Map<string, RestoredRow>()
  const leadIdByDelivery = new Map<string, string>()
  const restoredOwners = new Set<string>()
  for await (const page of admin.scan(restored)) {
    for (const row of page) {
      const kind = findRowKind(table, row)
      if (kind.rule === 'passing') continue
      countOf(kind).restored += 1
      const markers = isMarkers(kind) && { markers: row }
      const restoredRow = { kind, key: toKey(row), digest: digestItem(row), leadId: findOwner(kind, row), ...markers }
      unmatched.set(formatKey(row), restoredRow)
      // A delivery with its body is in one row, and gets a second one only when its person is erased.
      if (ownerKinds.has(kind.name) && !('body' in row)) restoredOwners.add(formatKey(row))
      if (kind.name === 'delivery') leadIdByDelivery.set(row.pk, String(row.leadId))
    }
    countScanned(page.length)
  }

  const writer = createWriter(restored, mode, admin)
  const erasedLeadIds = new Set<string>()
  for await (const page of admin.scan(replaced)) {
    for (const row of page) {
      const kind = findRowKind(table, row)
      if (kind.rule === 'passing') continue
      countOf(kind).replaced += 1
      if (kind.name === 'lead' && 'erasedAt' in row) erasedLeadIds.add(row.pk.slice('LEAD#'.length))
      // Written by an erasure only, so it counts also if the tombstone of the lead is gone.
      if (kind.name === 'proof') erasedLeadIds.add(row.sk)
      const restoredRow = unmatched.get(formatKey(row))
      unmatched.delete(formatKey(row))
      if (restoredRow?.digest === digestItem(row)) continue
      if (restoredRow?.markers) {
        const { key, digest, markers } = restoredRow
        unmatched.set(formatKey(key), { kind, key, digest, leadId: undefined, markers: { ...markers, ...row } })
        continue
      }
      const owner = kind.findOwner?.(row)
      const isOwned = owner !== undefined && restoredOwners.has(formatKey(owner))
      if (!restoredRow && (isOwned || isOlderThan(kind, row, at))) noteMissing(row)
      if (mustCopy(kind, row, { isRestored: restoredRow !== undefined, revert })) {
        countOf(kind).copied += 1
        await writer.add({ put: row })
      } else countOf(kind).reverted += 1
    }
    countScanned(page.length)
  }

  for (const { kind, key, digest, markers, leadId = leadIdByDelivery.get(key.pk) } of unmatched.values()) {
    if (markers) {
      const settledRow = withoutMarkers(markers, erasedLeadIds)
      const outcome = !settledRow ? 'removed' : digestItem(settledRow) === digest ? 'recovered' : 'copied'
      countOf(kind)[outcome] += 1
      if (outcome !== 'recovered') await writer.add(settledRow ? { put: settledRow } : { delete: key })
      continue
    }
    // What an erasure removed, and what it could not strip because it was gone, does not come back.
    if (kind.rule === 'replaced' || (leadId !== undefined && erasedLeadIds.has(leadId))) {
      countOf(kind).removed += 1
      await writer.add({ delete: key })
    } else countOf(kind).recovered += 1
  }
  await writer.flush()
  return { kinds, missing }

  function noteMissing(row: Row): void {
    missing.count += 1
    if (missing.examples.length < 10) missing.examples.push(`${row.pk} / ${row.sk}`)
  }
}

/** How many rows a run has written, or would write. Zero: the restored table is settled. */
export function countWrites({ kinds }: TableComparison): number {
  return Object.values(kinds).reduce((sum, { copied, removed }) => sum + copied + removed, 0)
}

/** How many rows the restored table has when it is settled. */
export function countSettledRows({ kinds }: TableComparison): number {
  return Object.values(kinds).reduce((sum, kind) => sum + kind.restored, 0)
}

type RestoredRow = {
  kind: RowKind
  key: Key
  digest: string
  leadId: string | undefined
  /** The row itself, if it has the markers of a person: those of both tables are joined. */
  markers?: Row
}

const isMarkers = ({ name }: RowKind) => name === 'markers of a person'

/** Whose rows may say that a row of another kind is missing. */
const ownerKinds = new Set(['lead', 'delivery', 'suppression'])
const toKey = ({ pk, sk }: Row): Key => ({ pk, sk })
const formatKey = ({ pk, sk }: Key) => `${pk}\n${sk}`

/** The ID of the lead that a row belongs to, if the row says it. */
function findOwner({ name, pk }: RowKind, row: Row): string | undefined {
  if (name === 'person') return row.sk
  if (pk === 'LEAD#' || pk === 'CONSENT#') return row.pk.slice(pk.length)
  return name === 'dedupe marker' && typeof row.leadId === 'string' ? row.leadId : undefined
}

function isOlderThan({ findCreatedAt }: RowKind, row: Row, at: Date): boolean {
  const createdAt = Date.parse(String(findCreatedAt?.(row)))
  return createdAt < at.getTime() - toleranceMs
}

function mustCopy(
  { name, rule }: RowKind,
  row: Row,
  { isRestored, revert }: { isRestored: boolean; revert: readonly string[] },
): boolean {
  if (rule === 'restored') return false
  const isReverted = isRestored && revertibleKinds.some((kind) => kind === name) && revert.includes(name)
  return !isReverted || isFinal(row)
}

function createWriter(name: string, mode: SettleOptions['mode'], admin: Pick<TableAdmin, 'write'>) {
  let pending: RowWrite[] = []
  const flush = async () => {
    if (pending.length > 0 && mode === 'settle') await admin.write(name, pending)
    pending = []
  }
  return {
    flush,
    async add(write: RowWrite) {
      pending.push(write)
      if (pending.length === batchSize) await flush()
    },
  }
}
