import { createSqliteEngine } from '#shared/store/engine/sqlite/sqlite.ts'
import { tables } from '#shared/store/keys.ts'

/** The project's own tables, empty, in memory: what a test hands to a store. */
export function memoryEngine(now = () => new Date()) {
  return createSqliteEngine({ path: ':memory:', shapes: tables, now })
}
