import { applyChange } from '../apply-change.ts'
import { checkGet, checkQuery, getKeyNames, isEmptyRange } from '../check-read.ts'
import { checkItemBytes, checkWrites, getWriteKey } from '../check-writes.ts'
import { countItemBytes } from '../count-item-bytes.ts'
import type { Engine, Key, Page, Query, Row, Shapes, Write, WriteOutcome } from '../engine.ts'
import { isExpired, toEpochSeconds } from '../expiry.ts'
import { isConditionMet } from '../is-condition-met.ts'
import { itemFromJson, itemToJson } from '../item-json.ts'
import { limits } from '../limits.ts'
import { projectRow } from '../project-row.ts'
import { createGroupCommit } from './sqlite-commit.ts'
import { openDatabase } from './sqlite-database.ts'
import { createReadMemory } from './sqlite-memory.ts'
import { buildPageQuery } from './sqlite-select.ts'
import { createTurns } from './sqlite-turns.ts'
import { createWriteTurns } from './sqlite-write-turns.ts'

/** `path` is a file or `:memory:`. Network folders do not work, because SQLite's locks are unreliable there. */
export type SqliteSettings<Table extends string> = {
  path: string
  shapes: Shapes<Table>
  /** Steps that bring the rows of an older database to what the stores expect. Absent: none has been needed yet. */
  migrations?: readonly ((row: Row) => Row)[]
  /** Tables that are seldom written: what is read of them is remembered. */
  remembered?: readonly Table[]
  now: () => Date
  /** A series of reads gives up the event loop after so many milliseconds. Absent: never. */
  maxTurnMs?: number
  /** Shared by the threads of a process that write to one file, so that none blocks for another. See `createWriteTurns`. */
  writeTurns?: SharedArrayBuffer
}

export type SqliteEngine<Table extends string> = Engine<Table> & {
  /**
   * Deletes expired items, as DynamoDB does by itself, and returns how many. It also truncates the write-ahead log, so
   * that overwritten data leaves the disk.
   */
  removeExpired(): Promise<number>
  /** Stores all that `work` writes in one transaction, or nothing if it fails. Only while no one else uses the engine. */
  writeTogether<Result>(work: () => Promise<Result>): Promise<Result>
  close(): Promise<void>
}

/**
 * The engine for one machine. A write that `transact` reported as done survives the end of the process at any moment.
 *
 * @example const engine = sqliteEngine({ path: 'prospectus.db', shapes: tables, now: () => new Date() })
 */
export function createSqliteEngine<Table extends string>(settings: SqliteSettings<Table>): SqliteEngine<Table> {
  const { path, shapes, migrations = [], remembered = [], now, writeTurns } = settings
  const { maxTurnMs = Number.POSITIVE_INFINITY } = settings
  const database = openDatabase(path, { shapes, migrations, counted: remembered })
  const rowMemory = createReadMemory<{ row: Row | undefined }>(database)
  const pageMemory = createReadMemory<PageRows>(database)
  const isRemembered = (table: string) => remembered.some((one) => one === table)
  const mode = path === ':memory:' ? 'at-once' : 'together'
  const { commit, commitTogether } = createGroupCommit(database, mode, writeTurns && createWriteTurns(writeTurns))
  const waitForTurn = createTurns({ maxTurnMs })

  function readStoredRow(table: string, { pk, sk }: Key, note?: (json: string) => void) {
    const json = database.prepare(`SELECT item FROM "${table}" WHERE pk = ? AND sk = ?`).get(pk, sk)?.item
    if (typeof json !== 'string') return undefined
    note?.(json)
    return itemFromJson(json)
  }

  const dropExpired = (row: Row | undefined) => (row && !isExpired(row, now()) ? row : undefined)
  const readRow = (table: string, key: Key) => dropExpired(readStoredRow(table, key))

  function recallRow(table: string, key: Key) {
    const { row } = rowMemory.recall(`${table} ${key.pk} ${key.sk}`, (note) => ({
      row: readStoredRow(table, key, note),
    }))
    return dropExpired(row)
  }

  function apply(writes: readonly Write[]): WriteOutcome {
    if (remembered.length > 0 && writes.some((write) => isRemembered(write.in))) {
      rowMemory.forget()
      pageMemory.forget()
    }
    const inserts = writes.filter(isInsert)
    if (inserts.length === 0) return checkAndApply(writes)
    const others = prepareWrites(writes.filter((write) => !isInsert(write)))
    if (others.refused) return checkAndApply(writes)
    return insertAll(inserts) ? applyPrepared(others.prepared) : checkAndApply(writes)
  }

  /**
   * Inserts rows that must be absent without a look, because they nearly always are. Returns false, and has inserted
   * nothing, if there is one of them, even an expired one. A savepoint would do the same with a file of its own.
   */
  function insertAll(inserts: readonly Insert[]): boolean {
    for (const [index, { in: table, put }] of inserts.entries()) {
      const { pk, sk } = put
      if (database.prepare(insertSql(table)).run(pk, sk, itemToJson(put)).changes === 1) continue
      for (const { in: table, put } of inserts.slice(0, index)) database.prepare(deleteSql(table)).run(put.pk, put.sk)
      return false
    }
    return true
  }

  function checkAndApply(writes: readonly Write[]): WriteOutcome {
    const { prepared, refused } = prepareWrites(writes)
    return refused ? { done: false, refused } : applyPrepared(prepared)
  }

  /** Checks all conditions before the first write, so that a refusal needs no rollback. */
  function prepareWrites(writes: readonly Write[]) {
    const currentRows = writes.map((write) =>
      'change' in write || write.when ? readRow(write.in, getWriteKey(write)) : undefined,
    )
    const refused = writes.map(({ when }, i) =>
      !when || isConditionMet(when, currentRows[i]) ? undefined : ('condition' as const),
    )
    if (refused.some(Boolean)) return { prepared: [], refused }
    return { prepared: writes.map((write, i) => ({ write, json: buildJson(write, currentRows[i]) })) }
  }

  function applyPrepared(prepared: readonly { write: Write; json: string | undefined }[]): WriteOutcome {
    for (const { write, json } of prepared) {
      const { pk, sk } = getWriteKey(write)
      if (json !== undefined) database.prepare(upsertSql(write.in)).run(pk, sk, json)
      else if ('delete' in write) database.prepare(deleteSql(write.in)).run(pk, sk)
    }
    return { done: true }
  }

  async function removeExpiredOf(table: string): Promise<number> {
    const statement = database.prepare(removeExpiredSql(table))
    let removedCount = 0
    for (;;) {
      const count = await commit(() => Number(statement.run(toEpochSeconds(now())).changes))
      if (count === 'busy') return removedCount
      removedCount += count
      if (count < maxRemovedTogether) return removedCount
      await waitForTurn()
    }
  }

  return {
    async get({ in: table, key }) {
      checkGet(shapes, table, key)
      await waitForTurn()
      return isRemembered(table) ? recallRow(table, key) : readRow(table, key)
    },

    async query(query) {
      checkQuery(shapes, query)
      if (isEmptyRange(query)) return { items: [] }
      await waitForTurn()
      const { sql, values } = buildPageQuery(shapes, query)
      const read = (note?: (json: string) => void) =>
        readPage(database.prepare(sql).iterate(...values), query, shapes, note)
      const page = isRemembered(query.in) ? pageMemory.recall(JSON.stringify([sql, values]), read) : read()
      return toPage(page, query, shapes, now())
    },

    async transact(writes) {
      checkWrites(shapes, writes)
      const outcome = await commit(() => apply(writes))
      return outcome === 'busy' ? { done: false, refused: writes.map(() => 'conflict') } : outcome
    },

    async removeExpired() {
      let removedCount = 0
      for (const table of Object.keys(shapes)) removedCount += await removeExpiredOf(table)
      database.emptyLog()
      return removedCount
    },

    async writeTogether(work) {
      try {
        return await commitTogether(work)
      } catch (fault) {
        rowMemory.forget()
        pageMemory.forget()
        throw fault
      }
    },

    async close() {
      await commit(() => undefined)
      database.close()
    },
  }
}

function buildJson(write: Write, currentRow: Row | undefined) {
  if ('put' in write) return itemToJson(write.put)
  if (!('change' in write)) return undefined
  const after = applyChange(currentRow, write)
  checkItemBytes(after)
  return itemToJson(after)
}

/** So that requests are answered between the parts of a large removal. */
const maxRemovedTogether = 200

const removeExpiredSql = (table: string) =>
  `DELETE FROM "${table}" WHERE rowid IN (
    SELECT rowid FROM "${table}" WHERE item ->> 'expiresAt' <= ? LIMIT ${maxRemovedTogether}
  )`

type Insert = Extract<Write, { put: Row }>

function isInsert(write: Write): write is Insert {
  return 'put' in write && write.when !== undefined && 'exists' in write.when && !write.when.exists
}

const deleteSql = (table: string) => `DELETE FROM "${table}" WHERE pk = ? AND sk = ?`
const insertSql = (table: string) => `INSERT INTO "${table}" (pk, sk, item) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`
const upsertSql = (table: string) =>
  `INSERT INTO "${table}" (pk, sk, item) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET item = excluded.item`

/** The rows of a page, expired ones included. `isCut`: more rows may follow. */
type PageRows = { rows: readonly Row[]; isCut: boolean }

/** Ends a page like DynamoDB: after `limit` items or 1 MB, expired items included. */
function readPage(
  stored: Iterable<{ [column: string]: unknown }>,
  query: Query,
  shapes: Shapes,
  note?: (json: string) => void,
): PageRows {
  const rows: Row[] = []
  let bytes = 0
  for (const { item } of stored) {
    const json = String(item)
    note?.(json)
    const row = projectRow(itemFromJson(json), query, shapes)
    rows.push(row)
    bytes += countItemBytes(row)
    if (rows.length === query.limit || bytes > limits.pageBytes) return { rows, isCut: true }
  }
  return { rows, isCut: false }
}

function toPage({ rows, isCut }: PageRows, query: Query, shapes: Shapes, now: Date): Page {
  const items = rows.filter((row) => !isExpired(row, now))
  const last = rows.at(-1)
  return isCut && last ? { items, next: toCursor(last, query, shapes) } : { items }
}

function toCursor(row: Row, query: Query, shapes: Shapes) {
  const names = getKeyNames(shapes, query)
  return Object.fromEntries(['pk', 'sk', names.pk, names.sk].map((name) => [name, String(row[name])]))
}
