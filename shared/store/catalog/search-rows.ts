import * as z from 'zod'
import type { SearchShard } from '../../domain/catalog/career-search.ts'
import type { Engine, Write } from '../engine/engine.ts'
import { searchKey, searchMarkKey, type Table } from '../keys.ts'
import { pack, unpack } from '../packed.ts'
import { queryAll } from '../query-all.ts'

/**
 * The rows by which careers are found. They are built from all careers at once by the worker `publish` when a mark says that a career has changed,
 * because each row belongs to many careers: a search is up to a minute behind.
 */
export function searchRows(engine: Engine<Table>) {
  return {
    /** Says that a career has changed. */
    async mark(markId: string): Promise<void> {
      await engine.transact([{ in: 'catalog', put: { ...searchMarkKey(), markId } }])
    },

    async findMark(): Promise<string | undefined> {
      const row = await engine.get({ in: 'catalog', key: searchMarkKey() })
      return row && markRow.parse(row).markId
    },

    /** Has no effect if a career has changed again since. */
    async clearMark(markId: string): Promise<void> {
      const when = { attribute: 'markId', is: 'equal', value: markId } as const
      await engine.transact([{ in: 'catalog', delete: searchMarkKey(), when }])
    },

    /** Writes only the rows that differ. Returns how many. */
    async replaceAll(shards: ReadonlyMap<string, SearchShard>): Promise<number> {
      const rows = await queryAll(engine, { in: 'catalog', pk: searchKey('').pk, limit: 500 })
      const current = new Map(rows.map((row) => [row.sk, JSON.stringify(unpack(row))]))
      const writes: Write<Table>[] = [
        ...[...shards].flatMap(([name, shard]) =>
          current.get(name) === JSON.stringify(shard)
            ? []
            : [{ in: 'catalog', put: { ...searchKey(name), ...pack(shard) } } as const],
        ),
        ...[...current.keys()].flatMap((name) =>
          shards.has(name) ? [] : [{ in: 'catalog', delete: searchKey(name) } as const],
        ),
      ]
      for (let start = 0; start < writes.length; start += rowsPerTransaction)
        await engine.transact(writes.slice(start, start + rowsPerTransaction))
      return writes.length
    },
  }
}

/** Reads shards by name, one lookup each. */
export async function readSearchShards(
  engine: Pick<Engine<Table>, 'get'>,
  names: readonly string[],
): Promise<SearchShard[]> {
  const rows = await Promise.all(names.map((name) => engine.get({ in: 'catalog', key: searchKey(name), mayLag: true })))
  return rows.flatMap((row) => (row ? [shardRow.parse(unpack(row))] : []))
}

const rowsPerTransaction = 90
const markRow = z.object({ markId: z.string() })
const shardRow = z.object({
  words: z.record(z.string(), z.record(z.string(), z.number())),
  titles: z.record(z.string(), z.string()),
})
