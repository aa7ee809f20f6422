import { DatabaseSync, type StatementSync } from 'node:sqlite'
import type { Shapes } from '../engine.ts'

export type Database = ReturnType<typeof openDatabase>

/** Opens a database and makes whatever table or index it lacks. Statements are prepared once. */
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
    /** What was overwritten stands in the log still, until the log itself is emptied. */
    emptyLog() {
      if (!connection.isTransaction) connection.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    },
    close: () => connection.close(),
    isInTransaction: () => connection.isTransaction,
  }
}

/** An attribute of the stored JSON, or a column of its own. */
export function formatAttribute(name: string) {
  return name === 'pk' || name === 'sk' ? name : `item ->> '${name.replaceAll("'", "''")}'`
}

// What is erased is overwritten with zeros, not only unlinked.
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

/** Named by what it goes by, so that another shape of the same index is another index, filled when it is made. */
function createIndex(table: string, sparse: readonly string[], columns: readonly string[] = []) {
  const expressions = [...sparse.map(formatAttribute), ...columns].join(', ')
  const carriers = sparse.map((name) => `${formatAttribute(name)} IS NOT NULL`).join(' AND ')
  return `CREATE INDEX IF NOT EXISTS "${[table, ...sparse].join('.')}" ON "${table}" (${expressions}) WHERE ${carriers}`
}
