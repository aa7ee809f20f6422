import { existsSync, statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { changeTable, readSchemaVersion } from '#shared/store/engine/sqlite/sqlite-database.ts'
import { tables } from '#shared/store/keys.ts'
import { schemaMigrations } from '#shared/store/schema-migrations.ts'
import { StartupError } from '../startup-error.ts'

/** A check of the whole file takes about a second for each 500 MB, so larger databases are checked by their backups. */
const maxCheckedBytes = 500 * 1024 * 1024

/**
 * Opens the database of a data folder; `prepare` runs between check and opening, which migrates its rows.
 * @throws StartupError if it is damaged, not ours or of a newer version
 */
export function openDatabaseFile<Opened>(path: string, open: () => Opened, prepare = () => {}): Opened {
  try {
    checkDatabaseFile(path)
    prepare()
    return open()
  } catch (error) {
    throw toStartupError(path, error)
  }
}

/** @throws StartupError if a file is no database, is damaged, or belongs to another program or a newer version */
export function checkDatabaseFile(path: string): void {
  if (path === ':memory:' || !existsSync(path)) return
  let database: DatabaseSync | undefined
  try {
    // SQLite takes a file without bytes for a new database, so that a copy that failed would begin without the leads.
    if (statSync(path).size === 0 && !hasBytes(`${path}-wal`))
      throw new StartupError(
        `${path} is empty. Restore a backup: npm run ops -- restore --help. If it never held data, delete it.`,
      )
    database = new DatabaseSync(path)
    const foreignTable = findForeignTable(database)
    if (foreignTable !== undefined)
      throw new StartupError(
        `${path} is the database of another program (it has ${foreignTable}). Use another DATA_DIR, or restore a backup.`,
      )
    const version = readSchemaVersion(database)
    if (version > schemaMigrations.length)
      throw new StartupError(
        `${path} has schema version ${version}, but this version of Prospectus supports only up to ${schemaMigrations.length}. Start it with the ` +
          'newer version that wrote it, or restore an older backup.',
      )
    const { quick_check: result } =
      statSync(path).size <= maxCheckedBytes ? (database.prepare('PRAGMA quick_check(1)').get() ?? {}) : {}
    if (result !== undefined && result !== 'ok') throw damaged(path, String(result))
  } catch (error) {
    throw toStartupError(path, error)
  } finally {
    database?.close()
  }
}

function hasBytes(path: string): boolean {
  return (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 0
}

/** Returns what shows that another program made the database: a table that is not ours, or ours with other columns. */
function findForeignTable(database: DatabaseSync): string | undefined {
  const names = database
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .all()
  const foreign = names.map(({ name }) => String(name)).find((name) => !isOwnTable(database, name))
  return foreign === undefined ? undefined : `a table "${foreign}"`
}

function isOwnTable(database: DatabaseSync, name: string): boolean {
  if (Object.keys(tables).some((table) => name === changeTable(table))) return true
  const columns = database.prepare('SELECT name FROM pragma_table_info(?)').all(name)
  return Object.hasOwn(tables, name) && columns.map((column) => column.name).join() === 'pk,sk,item'
}

const damagedCodes = new Set([11, 26])
const primaryCode = 0xff

function toStartupError(path: string, error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof StartupError) return error
  if ('errcode' in error && typeof error.errcode === 'number')
    return damagedCodes.has(error.errcode & primaryCode)
      ? damaged(path, error.message)
      : new StartupError(`${path} cannot be opened (${error.message}).`)
  return error.message.startsWith('The database has schema version') ? new StartupError(error.message) : error
}

function damaged(path: string, reason: string): StartupError {
  return new StartupError(
    `${path} is damaged (${reason.replaceAll('\n', ' ')}). Restore a backup: npm run ops -- restore --help.`,
  )
}
