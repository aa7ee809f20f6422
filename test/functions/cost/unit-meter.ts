import { applyChange } from '#shared/store/engine/apply-change.ts'
import { getWriteKey } from '#shared/store/engine/check-writes.ts'
import { countItemBytes } from '#shared/store/engine/count-item-bytes.ts'
import { singleWrite } from '#shared/store/engine/dynamodb/dynamodb-single.ts'
import type { Engine, Query, Row, Write } from '#shared/store/engine/engine.ts'
import { projectRow } from '#shared/store/engine/project-row.ts'
import { type Table, tables } from '#shared/store/keys.ts'

/** What DynamoDB bills on demand, in request units. `items`: the writes of the table by kind of item; of all indexes: `indexes`. */
export type Units = { reads: number; writes: number; items: { [kind: string]: number } }

/**
 * Counts the request units of an engine's calls from the exact sizes of the items, by the rules that AWS documents
 * (DynamoDB Developer Guide, "Read and write operations" and "Using global secondary indexes"): a consistent read costs
 * 1 per 4 KB, one of an index or that may lag half of it, a write 1 per KB of the larger of the old and the new item, twice that in a
 * transaction. An index costs 1 per KB of what it projects; 2 writes if an entry moves. DynamoDB Local counts otherwise.
 */
export function meterUnits(engine: Engine<Table>): { engine: Engine<Table>; units: Units } {
  const units: Units = { reads: 0, writes: 0, items: {} }
  const addWrites = (kind: string, cost: number) => {
    if (cost === 0) return
    units.writes += cost
    units.items[kind] = (units.items[kind] ?? 0) + cost
  }
  return {
    units,
    engine: {
      prefersLoneWrites: true,
      billsBytes: true,
      async get(from) {
        const row = await engine.get(from)
        units.reads += countReadUnits(row ? countItemBytes(row) : 0) * (from.mayLag ? 0.5 : 1)
        return row
      },
      async query(query) {
        const page = await engine.query(query)
        const bytes = page.items.reduce((sum, row) => sum + countItemBytes(row), 0)
        units.reads += countReadUnits(bytes) * (query.index === undefined && !query.mayLag ? 1 : 0.5)
        return page
      },
      async transact(writes) {
        const before = await Promise.all(writes.map((write) => engine.get({ in: write.in, key: getWriteKey(write) })))
        const outcome = await engine.transact(writes)
        const factor = isBilledOnce(writes) ? 1 : 2
        for (const [position, write] of writes.entries()) {
          const [old, next] = [before[position], outcome.done ? applyWrite(before[position], write) : before[position]]
          addWrites(getKind(write), factor * Math.max(countWriteUnits(old), countWriteUnits(next), 1))
          if (outcome.done) addWrites('indexes', countIndexUnits(write.in, old, next))
        }
        return outcome
      },
    },
  }
}

/** A single write that needs no transaction costs half of one; see `dynamodb-single.ts`. */
function isBilledOnce(writes: readonly Write[]): boolean {
  return writes.length === 1 && writes[0] !== undefined && singleWrite.canSend(writes[0])
}

function applyWrite(before: Row | undefined, write: Write): Row | undefined {
  if ('put' in write) return write.put
  if ('change' in write) return applyChange(before, write)
  return 'delete' in write ? undefined : before
}

const countReadUnits = (bytes: number) => Math.max(1, Math.ceil(bytes / 4096))
const countWriteUnits = (row: Row | undefined) => (row ? Math.ceil(countItemBytes(row) / 1024) : 0)

function countIndexUnits(table: Table, old: Row | undefined, next: Row | undefined): number {
  const { indexes } = tables[table]
  return Object.entries(indexes).reduce((sum, [index, { pk, sk }]) => {
    const [was, is] = [old, next].map((row) =>
      row?.[pk] === undefined || row[sk] === undefined
        ? undefined
        : projectRow(row, { in: table, index, pk: '', limit: 1 } satisfies Query, tables),
    )
    if (JSON.stringify(sortNames(was)) === JSON.stringify(sortNames(is))) return sum
    const isMove = was && is && (was[pk] !== is[pk] || was[sk] !== is[sk])
    return (
      sum + (isMove ? countWriteUnits(was) + countWriteUnits(is) : Math.max(countWriteUnits(was), countWriteUnits(is)))
    )
  }, 0)
}

function sortNames(row: Row | undefined) {
  return row && Object.entries(row).toSorted(([a], [b]) => (a < b ? -1 : 1))
}

/** The kind of an item, as the table in `keys.ts` names it by its keys: the part before the first `#`, of both if they differ. */
function getKind(write: Write): string {
  const { pk, sk } = getWriteKey(write)
  const [owner = pk, part = sk] = [pk, sk].map((key) => key.split('#')[0] ?? key)
  return /^[A-Z]+$/.test(part) && part !== owner ? `${owner} ${part}` : owner
}
