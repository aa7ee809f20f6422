import { createHmac } from 'node:crypto'
import { existsSync, statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import type { Engine } from '#shared/store/engine/engine.ts'
import { itemFromJson } from '#shared/store/engine/item-json.ts'
import { rootFingerprintKey, type Table, tables } from '#shared/store/keys.ts'
import { StartupError } from '../startup-error.ts'

/** A check of the whole file takes about a second for each 500 MB, so larger databases are checked by their backups. */
const maxCheckedBytes = 500 * 1024 * 1024

/** Opens the database of a data folder. @throws StartupError if it is damaged, not ours or of a newer version */
export function openDatabaseFile<Opened>(path: string, open: () => Opened): Opened {
  try {
    checkDatabaseFile(path)
    return open()
  } catch (error) {
    throw toStartupError(path, error)
  }
}

/** @throws StartupError if a file is no database, is damaged, or belongs to another program */
export function checkDatabaseFile(path: string): void {
  if (path === ':memory:' || !existsSync(path)) return
  let database: DatabaseSync | undefined
  try {
    database = new DatabaseSync(path)
    const foreignTable = findForeignTable(database)
    if (foreignTable !== undefined)
      throw new StartupError(
        `${path} is the database of another program (it has ${foreignTable}). Use another DATA_DIR, or restore a backup.`,
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

/** Returns what shows that another program made the database: a table that is not ours, or ours with other columns. */
function findForeignTable(database: DatabaseSync): string | undefined {
  const names = database
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .all()
  const foreign = names.map(({ name }) => String(name)).find((name) => !isOwnTable(database, name))
  return foreign === undefined ? undefined : `a table "${foreign}"`
}

function isOwnTable(database: DatabaseSync, name: string): boolean {
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

/** Recognizes a root secret and does not reveal it. */
function fingerprintRoot(root: string): string {
  return createHmac('sha256', root).update('prospectus/fingerprint').digest('base64url').slice(0, 22)
}

/**
 * Keeps the fingerprint of the root secret in the database, or compares it: with other secrets, withdrawals would not be
 * found and stored secrets could not be read. @throws StartupError if they are not those of the database
 */
export async function checkRootSecret(engine: Engine<Table>, { root, dataDir }: { root: string; dataDir: string }) {
  const key = rootFingerprintKey()
  const fingerprint = fingerprintRoot(root)
  const row = await engine.get({ in: 'catalog', key })
  if (row === undefined)
    await engine.transact([{ in: 'catalog', put: { ...key, fingerprint }, when: { exists: false } }])
  else if (row.fingerprint !== fingerprint) throw new StartupError(describeWrongSecrets(dataDir))
}

/** Compares the secrets of a backup with its database. A backup of an older version has no fingerprint. */
export function hasFingerprintOf(database: DatabaseSync, root: string): boolean {
  const { pk, sk } = rootFingerprintKey()
  const row = database.prepare('SELECT item FROM catalog WHERE pk = ? AND sk = ?').get(pk, sk)
  return row === undefined || itemFromJson(String(row.item)).fingerprint === fingerprintRoot(root)
}

export function describeWrongSecrets(folder: string): string {
  return `${folder} has a secrets.json that is not the one of its prospectus.db. Restore both from the same backup.`
}
