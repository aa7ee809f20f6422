import { changedItem } from '../changed-item.ts'
import { checkGet, checkQuery, isEmptyRange, keyNames } from '../check-read.ts'
import { checkItemBytes, checkWrites, keyOf } from '../check-writes.ts'
import { conditionHolds } from '../condition-holds.ts'
import type { Engine, Key, Outcome, Page, Query, Row, Shapes, Write } from '../engine.ts'
import { epochSeconds, isExpired } from '../expiry.ts'
import { itemBytes } from '../item-bytes.ts'
import { itemFromJson, itemToJson } from '../item-json.ts'
import { limits } from '../limits.ts'
import { projectedRow } from '../projected-row.ts'
import { groupCommit } from './sqlite-commit.ts'
import { openDatabase } from './sqlite-database.ts'
import { selectPage } from './sqlite-select.ts'

/** `path` is a file or `:memory:`. Not for a folder on a network: SQLite's locks do not hold there. */
export type SqliteSettings<Table extends string> = { path: string; shapes: Shapes<Table>; now: () => Date }

export type SqliteEngine<Table extends string> = Engine<Table> & {
  /**
   * Deletes what has expired, as DynamoDB does by itself, and says how much. Nothing reads such items meanwhile. The log
   * is emptied, too: what was overwritten before leaves the disk.
   */
  removeExpired(): Promise<number>
  close(): Promise<void>
}

/**
 * The engine for one machine. What `transact` has called done survives the end of the process at any moment.
 *
 * @example const engine = sqliteEngine({ path: 'prospectus.db', shapes: tables, now: () => new Date() })
 */
export function sqliteEngine<Table extends string>(settings: SqliteSettings<Table>): SqliteEngine<Table> {
  const { path, shapes, now } = settings
  const database = openDatabase(path, shapes)
  const commit = groupCommit(database, path === ':memory:' ? 'at-once' : 'together')

  function read(table: string, { pk, sk }: Key) {
    const json = database.prepare(`SELECT item FROM "${table}" WHERE pk = ? AND sk = ?`).get(pk, sk)?.item
    const row = typeof json === 'string' ? itemFromJson(json) : undefined
    return row && !isExpired(row, now()) ? row : undefined
  }

  /** Nothing is written before everything is known to be writable, so a refusal leaves nothing to undo. */
  function apply(writes: readonly Write[]): Outcome {
    const found = writes.map((write) => ('change' in write || write.when ? read(write.in, keyOf(write)) : undefined))
    const refused = writes.map(({ when }, i) => (!when || conditionHolds(when, found[i]) ? undefined : 'condition'))
    if (refused.some(Boolean)) return { done: false, refused }
    for (const { write, json } of writes.map((write, i) => ({ write, json: jsonAfter(write, found[i]) }))) {
      const { pk, sk } = keyOf(write)
      if (json !== undefined) database.prepare(upsert(write.in)).run(pk, sk, json)
      else if ('delete' in write) database.prepare(`DELETE FROM "${write.in}" WHERE pk = ? AND sk = ?`).run(pk, sk)
    }
    return { done: true }
  }

  return {
    async get({ in: table, key }) {
      checkGet(shapes, table, key)
      return read(table, key)
    },

    async query(query) {
      checkQuery(shapes, query)
      if (isEmptyRange(query)) return { items: [] }
      const { sql, values } = selectPage(shapes, query)
      return pageOf(database.prepare(sql).iterate(...values), query, shapes, now())
    },

    async transact(writes) {
      checkWrites(shapes, writes)
      const outcome = await commit(() => apply(writes))
      return outcome === 'busy' ? { done: false, refused: writes.map(() => 'conflict') } : outcome
    },

    async removeExpired() {
      const expired = "item ->> 'expiresAt' <= ?"
      const counts = await commit(() =>
        Object.keys(shapes).map((table) => {
          return Number(database.prepare(`DELETE FROM "${table}" WHERE ${expired}`).run(epochSeconds(now())).changes)
        }),
      )
      database.emptyLog()
      return counts === 'busy' ? 0 : counts.reduce((sum, count) => sum + count, 0)
    },

    async close() {
      await commit(() => undefined)
      database.close()
    },
  }
}

function jsonAfter(write: Write, before: Row | undefined) {
  if ('put' in write) return itemToJson(write.put)
  if (!('change' in write)) return undefined
  const after = changedItem(before, write)
  checkItemBytes(after)
  return itemToJson(after)
}

const upsert = (table: string) =>
  `INSERT INTO "${table}" (pk, sk, item) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET item = excluded.item`

/** Ends where DynamoDB would: after `limit` items or the megabyte, expired ones included. */
function pageOf(found: Iterable<{ [column: string]: unknown }>, query: Query, shapes: Shapes, now: Date): Page {
  const items: Row[] = []
  let examined = 0
  let bytes = 0
  for (const { item } of found) {
    const row = projectedRow(itemFromJson(String(item)), query, shapes)
    if (!isExpired(row, now)) items.push(row)
    examined += 1
    bytes += itemBytes(row)
    if (examined === query.limit || bytes > limits.pageBytes) return { items, next: cursorAt(row, query, shapes) }
  }
  return { items }
}

function cursorAt(row: Row, query: Query, shapes: Shapes) {
  const names = keyNames(shapes, query)
  return Object.fromEntries(['pk', 'sk', names.pk, names.sk].map((name) => [name, String(row[name])]))
}
