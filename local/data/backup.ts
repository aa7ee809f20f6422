import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { restoreHoldKey } from '#shared/store/keys.ts'
import { StartupError } from '../startup-error.ts'
import { databaseFile, hostLock, isInUse, lockForBackup, readRootSecret } from './data-folder.ts'
import { decryptFile, encryptedSuffix, encryptFile } from './encrypt-file.ts'
import { checkIdentity, readIdentity } from './folder-identity.ts'
import { holdDatabase } from './hold.ts'
import { checkDatabaseFile } from './open-database.ts'
import { secretsFile } from './secrets-file.ts'

export type BackupResult = { folder: string; rows: number }
/** `secretsKey`: of a backup whose secrets are encrypted. */
type RestoreOptions = {
  from: string
  dataDir: string
  secretsKey?: string | undefined
  backupKey?: string | undefined
}
/** `backupKey`: encrypts the files. */
type BackupOptions = { dataDir: string; to: string; backupKey?: string | undefined }

/**
 * Copies a data folder as of one moment, while a host may be writing to it: the database and the secrets that it needs. The
 * copy is held, so that a host that is started on it sends nothing.
 * @throws StartupError if there is nothing to copy, the target exists, another backup is running, or the disk is full; then nothing is left of the copy.
 */
export function backup({ dataDir, to, backupKey }: BackupOptions): BackupResult {
  const [from, target] = [resolve(dataDir), resolve(to)]
  const database = join(from, databaseFile)
  if (!existsSync(database) || !existsSync(join(from, secretsFile)))
    throw new StartupError(`${from} is not a data folder of Prospectus.`)
  const unlock = lockForBackup(from)
  try {
    const draft = createDraftFolder(target)
    try {
      const rows = copyFolder(from, draft, backupKey)
      renameSync(draft, target)
      return { folder: target, rows }
    } catch (error) {
      rmSync(draft, { recursive: true, force: true })
      throw isDiskFull(error) ? describeFullDisk(target, statSync(database).size) : error
    }
  } finally {
    unlock()
  }
}

/** Returns the number of rows. */
function copyFolder(from: string, to: string, backupKey: string | undefined): number {
  // The copy is in plain text until it is encrypted, so it does not get to the disk of the backups.
  const plainDraft = join(from, 'backup.draft')
  // A backup that was killed may have left it.
  rmSync(plainDraft, { recursive: true, force: true })
  const plain = backupKey === undefined ? to : plainDraft
  try {
    if (plain !== to) mkdirSync(plain, { mode: 0o700 })
    const asOf = new Date().toISOString()
    const source = new DatabaseSync(join(from, databaseFile), { readOnly: true })
    try {
      // One read transaction, so that the copy has no later writes.
      source.prepare('VACUUM INTO ?').run(join(plain, databaseFile))
    } finally {
      source.close()
    }
    holdDatabase(join(plain, databaseFile), asOf)
    copyFileSync(join(from, secretsFile), join(plain, secretsFile))
    protectFiles(plain)
    const rows = countRows(join(plain, databaseFile))
    if (backupKey !== undefined)
      for (const file of [databaseFile, secretsFile])
        encryptFile(join(plain, file), join(to, file + encryptedSuffix), backupKey)
    return rows
  } finally {
    if (plain !== to) rmSync(plain, { recursive: true, force: true })
  }
}

const sqliteFull = 13
export function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return (
    ('errcode' in error && error.errcode === sqliteFull) ||
    ('code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT'))
  )
}

function describeFullDisk(target: string, bytes: number): StartupError {
  const megabytes = Math.ceil(bytes / 1024 / 1024)
  return new StartupError(
    `The disk of ${target} is full: a copy needs up to ${megabytes} MB. The data is unchanged, and the partial copy was removed. ` +
      'Free up space, or use a folder on another disk.',
  )
}

/**
 * Restores a backup, or a copy of a data folder with its write-ahead log, to a new data folder, which is held.
 * @throws StartupError if it is damaged, is a folder on which a host runs, or if the target exists.
 */
export function restore({ from, dataDir, secretsKey, backupKey }: RestoreOptions): BackupResult {
  const [source, target] = [resolve(from), resolve(dataDir)]
  const files = [databaseFile, secretsFile]
  const isEncrypted = existsSync(join(source, databaseFile + encryptedSuffix))
  if (isEncrypted && backupKey === undefined)
    throw new StartupError(`${source} is an encrypted backup. Set BACKUP_KEY_FILE to the file with its key.`)
  const missing = files.find((file) => !existsSync(join(source, isEncrypted ? file + encryptedSuffix : file)))
  if (missing !== undefined) throw new StartupError(`${source} is not a backup: it has no ${missing}.`)
  if (existsSync(join(source, hostLock)) && isInUse(source))
    throw new StartupError(`A host runs on ${source}. Make a backup of it with \`ops backup\`, and restore that.`)
  const draft = createDraftFolder(target)
  try {
    for (const file of files)
      if (isEncrypted && backupKey !== undefined)
        decryptFile(join(source, file + encryptedSuffix), join(draft, file), backupKey)
      else copyFileSync(join(source, file), join(draft, file))
    copyLog(join(source, logFile), join(draft, logFile))
    protectFiles(draft)
    const database = join(draft, databaseFile)
    checkDatabaseFile(database)
    const rows = countRows(database)
    holdDatabase(database)
    requireOwnSecrets(draft, { source, secretsKey })
    renameSync(draft, target)
    return { folder: target, rows }
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    throw isDiskFull(error)
      ? describeFullDisk(
          target,
          statSync(join(source, isEncrypted ? databaseFile + encryptedSuffix : databaseFile)).size,
        )
      : error
  }
}

/** SQLite keeps the latest writes here until it moves them to the database, which a host does when it ends. */
const logFile = `${databaseFile}-wal`
const logMagic = [0x377f0682, 0x377f0683]

/** @throws StartupError for a log that SQLite would ignore, because its writes would be lost in silence */
function copyLog(from: string, to: string): void {
  if (!existsSync(from)) return
  const log = readFileSync(from)
  if (log.length === 0) return
  if (log.length < 32 || !logMagic.includes(log.readUInt32BE(0)))
    throw new StartupError(`${from} is damaged, and the latest writes are in it. Restore another copy of it.`)
  copyFileSync(from, to)
}

/** Reads the log into the database, so that the new folder has all writes in one file. */
function emptyLog(database: DatabaseSync): void {
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
}

function requireOwnSecrets(
  folder: string,
  { source, secretsKey }: { source: string; secretsKey: string | undefined },
): void {
  // Not read-only: that would leave an empty log behind.
  const database = new DatabaseSync(join(folder, databaseFile))
  try {
    checkIdentity(readIdentity(database), { folder: source, root: readRootSecret(folder, secretsKey) })
  } finally {
    database.close()
  }
}

/** A database is created with the umask of the process. */
function protectFiles(folder: string): void {
  for (const file of readdirSync(folder)) chmodSync(join(folder, file), 0o600)
}

/** A temporary folder next to the target, which replaces it when complete. */
function createDraftFolder(target: string): string {
  if (existsSync(target) && readdirSync(target).length > 0)
    throw new StartupError(`${target} is not empty. Name a folder that does not exist yet.`)
  const draft = `${target}.draft`
  try {
    rmSync(target, { recursive: true, force: true })
    rmSync(draft, { recursive: true, force: true })
    mkdirSync(draft, { recursive: true, mode: 0o700 })
    return draft
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : error
    throw new StartupError(`${target} cannot be created (${code}). Name a folder that you may write to.`)
  }
}

/** Without the row that holds a copy. @throws StartupError if the database is damaged */
function countRows(database: string): number {
  const copy = new DatabaseSync(database)
  try {
    emptyLog(copy)
    const check = copy.prepare('PRAGMA integrity_check').get()?.integrity_check
    if (check !== 'ok') throw new StartupError(`${database} is damaged: ${check}.`)
    const { pk, sk } = restoreHoldKey()
    const tables = copy
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%.changes'")
      .all()
    return tables.reduce(
      (sum, { name }) =>
        sum +
        Number(copy.prepare(`SELECT count(*) AS rows FROM "${name}" WHERE NOT (pk = ? AND sk = ?)`).get(pk, sk)?.rows),
      0,
    )
  } catch (error) {
    if (error instanceof StartupError) throw error
    throw new StartupError(`${database} is damaged: ${error instanceof Error ? error.message : error}.`)
  } finally {
    copy.close()
  }
}
