import { DatabaseSync, type StatementSync } from 'node:sqlite'
import type { Row, Shapes } from '../engine.ts'
import { itemFromJson, itemToJson } from '../item-json.ts'

export type Database = ReturnType<typeof openDatabase>

type DatabaseDefinition = {
  shapes: Shapes
  migrations: readonly RowMigration[]
  /** Tables whose written rows are counted. */
  counted: readonly string[]
}

/** What a row of the schema version before becomes. */
type RowMigration = (row: Row) => Row

/**
 * Opens a database, migrates its rows to the current schema version and creates the tables and indexes that it lacks.
 * Statements are prepared once. @throws Error if a newer program wrote the database.
 */
export function openDatabase(path: string, { shapes, migrations, counted }: DatabaseDefinition) {
  const connection = new DatabaseSync(path)
  connection.exec(settings)
  migrateRows(connection, Object.keys(shapes), migrations)
  for (const [table, { indexes }] of Object.entries(shapes)) {
    connection.exec(createTable(table))
    for (const { pk, sk } of Object.values(indexes)) connection.exec(createIndex(table, [pk, sk], ['pk', 'sk']))
    connection.exec(createIndex(table, ['expiresAt']))
  }
  for (const table of counted) connection.exec(createChangeCounter(table))
  const statements = new Map<string, StatementSync>()
  function prepare(sql: string) {
    const statement = statements.get(sql) ?? connection.prepare(sql)
    statements.set(sql, statement)
    return statement
  }
  return {
    prepare,
    /** How often a row of the counted tables was written, by any connection. */
    countChanges: () =>
      counted.reduce((sum, table) => sum + Number(prepare(selectChangeCount(table)).get()?.count ?? 0), 0),
    /**
     * Overwritten data stays in the write-ahead log until the log is truncated. While another process reads, as a backup
     * does, the log stays, and nothing waits for it.
     */
    emptyLog() {
      if (connection.isTransaction) return
      connection.exec('PRAGMA busy_timeout = 0')
      connection.exec('PRAGMA wal_checkpoint(TRUNCATE)')
      connection.exec(`PRAGMA busy_timeout = ${busyTimeoutMs}`)
    },
    close: () => connection.close(),
    isInTransaction: () => connection.isTransaction,
  }
}

/** The schema version is SQLite's `user_version`; a new database starts at the current one. */
function migrateRows(connection: DatabaseSync, tables: readonly string[], migrations: readonly RowMigration[]): void {
  if (readSchemaVersion(connection) === migrations.length) return
  try {
    connection.exec('BEGIN IMMEDIATE')
    // Read again: another process may have migrated the database while this one waited for the lock.
    const storedVersion = readSchemaVersion(connection)
    if (storedVersion > migrations.length)
      throw new Error(
        `The database has schema version ${storedVersion}, and this program knows up to ${migrations.length}. ` +
          'Start it with the newer version of Prospectus that wrote it, or restore an older backup.',
      )
    const pending = migrations.slice(storedVersion)
    for (const table of tables)
      if (hasTable(connection, table))
        migrateTable(connection, table, (row) => pending.reduce((migrated, migrate) => migrate(migrated), row))
    connection.exec(`PRAGMA user_version = ${migrations.length}`)
    connection.exec('COMMIT')
  } catch (error) {
    // Closing rolls back, so the database stays at the version before.
    connection.close()
    throw error
  }
}

const rowsPerRead = 500

function migrateTable(connection: DatabaseSync, table: string, migrate: RowMigration): void {
  const read = connection.prepare(
    `SELECT rowid, item FROM "${table}" WHERE rowid > ? ORDER BY rowid LIMIT ${rowsPerRead}`,
  )
  const update = connection.prepare(`UPDATE "${table}" SET pk = ?, sk = ?, item = ? WHERE rowid = ?`)
  let rows = read.all(0)
  while (rows.length > 0) {
    for (const { rowid, item } of rows) {
      const json = String(item)
      const migrated = migrate(itemFromJson(json))
      const migratedJson = itemToJson(migrated)
      if (migratedJson !== json) update.run(migrated.pk, migrated.sk, migratedJson, Number(rowid))
    }
    rows = read.all(Number(rows.at(-1)?.rowid))
  }
}

function hasTable(connection: DatabaseSync, table: string): boolean {
  return connection.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?").get(table) !== undefined
}

/** How many schema migrations a database has been through. */
export function readSchemaVersion(connection: DatabaseSync): number {
  return Number(connection.prepare('PRAGMA user_version').get()?.user_version)
}

/** The SQL expression of an attribute: its own column, or a path in the stored JSON. */
export function formatAttribute(name: string) {
  return name === 'pk' || name === 'sk' ? name : `item ->> '${name.replaceAll("'", "''")}'`
}

const busyTimeoutMs = 2000

// Deleted data is overwritten with zeros.
const settings = `
  PRAGMA busy_timeout = ${busyTimeoutMs};
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA secure_delete = ON;
`

const createTable = (table: string) => `
  CREATE TABLE IF NOT EXISTS "${table}" (
    pk TEXT NOT NULL, sk TEXT NOT NULL, item TEXT NOT NULL, PRIMARY KEY (pk, sk)
  ) STRICT`

/** The table that counts the written rows of a table. */
export const changeTable = (table: string) => `${table}.changes`
const selectChangeCount = (table: string) => `SELECT count FROM "${changeTable(table)}"`

/** Triggers count, so that writes of every program count, whatever it knows of this. */
const createChangeCounter = (table: string) => `
  CREATE TABLE IF NOT EXISTS "${changeTable(table)}" (count INTEGER NOT NULL) STRICT;
  INSERT INTO "${changeTable(table)}" SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM "${changeTable(table)}");
  ${['INSERT', 'UPDATE', 'DELETE']
    .map(
      (change) => `
  CREATE TRIGGER IF NOT EXISTS "${changeTable(table)}.${change}" AFTER ${change} ON "${table}"
  BEGIN UPDATE "${changeTable(table)}" SET count = count + 1; END;`,
    )
    .join('')}`

/** The name includes the key attributes, so that a changed shape creates and fills a new index. */
function createIndex(table: string, sparse: readonly string[], columns: readonly string[] = []) {
  const expressions = [...sparse.map(formatAttribute), ...columns].join(', ')
  const carriers = sparse.map((name) => `${formatAttribute(name)} IS NOT NULL`).join(' AND ')
  return `CREATE INDEX IF NOT EXISTS "${[table, ...sparse].join('.')}" ON "${table}" (${expressions}) WHERE ${carriers}`
}
