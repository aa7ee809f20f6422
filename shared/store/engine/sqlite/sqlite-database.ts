import { DatabaseSync, type StatementSync } from 'node:sqlite'
import type { Shapes } from '../engine.ts'

export type Database = ReturnType<typeof openDatabase>

/** Opens a database and creates missing tables and indexes. Statements are prepared once. */
export function openDatabase(path: string, shapes: Shapes) {
  const connection = new DatabaseSync(path)
  connection.exec(settings)
  for (const [table, { indexes }] of Object.entries(shapes)) {
    connection.exec(createTable(table))
    for (const { pk, sk } of Object.values(indexes)) connection.exec(createIndex(table, [pk, sk], ['pk', 'sk']))
    connection.exec(createIndex(table, ['expiresAt']))
  }
  const statements = new Map<string, StatementSync>()
  return {
    prepare(sql: string) {
      const statement = statements.get(sql) ?? connection.prepare(sql)
      statements.set(sql, statement)
      return statement
    },
    /** Overwritten data stays in the write-ahead log until the log is truncated. */
    emptyLog() {
      if (!connection.isTransaction) connection.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    },
    close: () => connection.close(),
    isInTransaction: () => connection.isTransaction,
  }
}

/** The SQL expression of an attribute: its own column, or a path in the stored JSON. */
export function formatAttribute(name: string) {
  return name === 'pk' || name === 'sk' ? name : `item ->> '${name.replaceAll("'", "''")}'`
}

// Deleted data is overwritten with zeros.
const settings = `
  PRAGMA busy_timeout = 2000;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA secure_delete = ON;
`

const createTable = (table: string) => `
  CREATE TABLE IF NOT EXISTS "${table}" (
    pk TEXT NOT NULL, sk TEXT NOT NULL, item TEXT NOT NULL, PRIMARY KEY (pk, sk)
  ) STRICT`

/** The name includes the key attributes, so that a changed shape creates and fills a new index. */
function createIndex(table: string, sparse: readonly string[], columns: readonly string[] = []) {
  const expressions = [...sparse.map(formatAttribute), ...columns].join(', ')
  const carriers = sparse.map((name) => `${formatAttribute(name)} IS NOT NULL`).join(' AND ')
  return `CREATE INDEX IF NOT EXISTS "${[table, ...sparse].join('.')}" ON "${table}" (${expressions}) WHERE ${carriers}`
}
