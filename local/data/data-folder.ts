import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { StartupError } from '../startup-error.ts'
import { findAccessFault } from './folder-access.ts'
import { describeReplacement, findReplacement } from './replaced-folder.ts'
import { generateSecrets, type HostSecrets, readOrCreateSecrets, secretsFile } from './secrets-file.ts'

/** A file of a data folder and of its backups, with the secrets file. */
export const databaseFile = 'prospectus.db'
/** Locked while a host runs on the folder. */
export const hostLock = 'host.lock'
const backupLock = 'backup.lock'
const settleLock = 'settle.lock'
/** What a host reads and writes. */
const folderFiles = [hostLock, databaseFile, `${databaseFile}-wal`, `${databaseFile}-shm`, secretsFile]

export type DataFolder = {
  database: string
  secrets: HostSecrets
  release: () => void
}

/** A database in memory with temporary secrets. */
export function createInMemoryFolder(): DataFolder {
  return { database: ':memory:', secrets: generateSecrets(), release() {} }
}

/** Opens a data folder and locks it until `release`. @throws StartupError if it cannot be opened or is locked. */
export function openDataFolder(dataDir: string, secretsKey?: string): DataFolder {
  const folder = resolve(dataDir)
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? error.code : String(error)
    throw new StartupError(
      `DATA_DIR ${folder} cannot be created or used (${reason}). Set it to a folder that you may write to.`,
    )
  }
  const accessFault = findAccessFault(folder, folderFiles)
  if (accessFault) throw new StartupError(accessFault)
  const replacement = findReplacement(folder)
  if (replacement) throw new StartupError(describeReplacement(folder, replacement))
  const release = lockFolder(folder)
  try {
    const database = join(folder, databaseFile)
    const secrets = readOrCreateSecrets({ folder, secretsKey }, database)
    return { database, secrets, release }
  } catch (error) {
    release()
    throw error
  }
}

/**
 * Returns whether the folder still has the lock and the database that are open now. Without the lock another host could start
 * there, and what is written to a database that was removed is lost with the process.
 */
export function createPlaceCheck(folder: string): () => boolean {
  const files = [hostLock, databaseFile].map((name) => join(folder, name))
  const identify = () =>
    files.map((file) => {
      const { dev, ino } = statSync(file, { throwIfNoEntry: false }) ?? {}
      return `${dev} ${ino}`
    })
  const openFiles = identify().join()
  return () => identify().join() === openFiles
}

/** Locks a folder while it is settled. @throws StartupError if that is being done already */
export function lockForSettling(folder: string): () => void {
  const release = lockFile(folder, settleLock, `${folder} is being settled already. Wait until that has ended.`)
  return () => {
    rmSync(join(folder, settleLock), { force: true })
    release()
  }
}

/** Locks a file next to the database. The operating system releases the lock with the process. */
export function lockFolder(
  folder: string,
  inUse = `DATA_DIR ${folder} is in use by another Prospectus. Stop that one, or set DATA_DIR to another folder.`,
): () => void {
  return lockFile(folder, hostLock, inUse)
}

/** Locks a folder for a backup, whose temporary files are there. @throws StartupError if another one is running */
export function lockForBackup(folder: string): () => void {
  const release = lockFile(folder, backupLock, `Another backup of ${folder} is running. Wait until it has ended.`)
  return () => {
    rmSync(join(folder, backupLock), { force: true })
    release()
  }
}

function lockFile(folder: string, name: string, inUse: string): () => void {
  try {
    const lockDatabase = new DatabaseSync(join(folder, name))
    // The lock needs no journal, for which a full disk would have no room.
    lockDatabase.exec('PRAGMA journal_mode = MEMORY')
    lockDatabase.exec('BEGIN EXCLUSIVE')
    return () => lockDatabase.close()
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    if (reason.includes('locked')) throw new StartupError(inUse)
    throw new StartupError(
      findAccessFault(folder, folderFiles) ??
        `DATA_DIR ${folder} cannot be used (${reason}). Set it to a folder that you may write to.`,
    )
  }
}

/** Whether a host is running on a folder. */
export function isInUse(dataDir: string): boolean {
  try {
    lockFolder(resolve(dataDir))()
    return false
  } catch {
    return true
  }
}

/** Reads the root secret of a folder. @throws StartupError if it has none, or is encrypted with another key. */
export function readRootSecret(dataDir: string, secretsKey?: string): string {
  const folder = resolve(dataDir)
  if (!existsSync(join(folder, databaseFile))) throw new StartupError(`${folder} is not a data folder of Prospectus.`)
  return readOrCreateSecrets({ folder, secretsKey }, join(folder, databaseFile)).root
}
