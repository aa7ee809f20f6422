import { createSqliteEngine } from '#shared/store/engine/sqlite/sqlite.ts'
import { tables } from '#shared/store/keys.ts'

/** An in-memory engine with the project's tables, all empty. */
export function memoryEngine(now = () => new Date()) {
  return createSqliteEngine({ path: ':memory:', shapes: tables, now })
}
