import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import * as z from 'zod'
import { newAccessKey } from '#shared/platform/access-keys.ts'
import { StartupError } from '../startup-error.ts'

/** The files of a data folder and of its backups. */
export const databaseFile = 'prospectus.db'
export const secretsFile = 'secrets.json'
/** Locked while a host runs on the folder. */
export const lockFile = 'host.lock'

/** The root secret that all keys are derived from, and the staff key of this host. */
export type HostSecrets = z.output<typeof secretsShape>
export type DataFolder = { database: string; secrets: HostSecrets; release: () => void }

/** A database in memory with temporary secrets. */
export function createInMemoryFolder(): DataFolder {
  return { database: ':memory:', secrets: generateSecrets(), release() {} }
}

/** Opens a data folder and locks it until `release`. @throws StartupError if it cannot be opened or is locked. */
export function openDataFolder(dataDir: string): DataFolder {
  const folder = resolve(dataDir)
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? error.code : String(error)
    throw new StartupError(
      `DATA_DIR ${folder} cannot be made or used (${reason}). Set it to a folder that you may write to.`,
    )
  }
  const release = lockFolder(folder)
  try {
    const database = join(folder, databaseFile)
    return { database, secrets: readOrCreateSecrets(folder, database), release }
  } catch (error) {
    release()
    throw error
  }
}

/** Locks a file next to the database. The operating system releases the lock with the process. */
function lockFolder(folder: string): () => void {
  try {
    const lockDatabase = new DatabaseSync(join(folder, lockFile))
    lockDatabase.exec('BEGIN EXCLUSIVE')
    return () => lockDatabase.close()
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    if (!reason.includes('locked'))
      throw new StartupError(`DATA_DIR ${folder} cannot be used (${reason}). Set it to a folder that you may write to.`)
    throw new StartupError(
      `DATA_DIR ${folder} is in use by another Prospectus. Stop that one, or set DATA_DIR to another folder.`,
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

/** Reads the root secret of a folder. @throws StartupError if it has none. */
export function readRootSecret(dataDir: string): string {
  const folder = resolve(dataDir)
  if (!existsSync(join(folder, databaseFile))) throw new StartupError(`${folder} is no folder of Prospectus's data.`)
  return readOrCreateSecrets(folder, join(folder, databaseFile)).root
}

function readOrCreateSecrets(folder: string, database: string): HostSecrets {
  const file = join(folder, secretsFile)
  if (!existsSync(file)) {
    if (existsSync(database))
      throw new StartupError(
        `${file} is missing, without which ${database} cannot be read. Restore it, or use another DATA_DIR.`,
      )
    writeAtomically(file, JSON.stringify(generateSecrets(), null, 2))
  }
  try {
    chmodSync(file, 0o600)
    return secretsShape.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    throw new StartupError(`${file} cannot be read as what Prospectus wrote. Restore it, or use another DATA_DIR.`)
  }
}

/** Writes atomically, so that a power failure leaves the old file or the new one. */
function writeAtomically(file: string, content: string): void {
  const draft = `${file}.draft`
  writeFileSync(draft, `${content}\n`, { mode: 0o600, flush: true })
  renameSync(draft, file)
}

function generateSecrets(): HostSecrets {
  return { root: randomBytes(64).toString('base64url'), operatorKey: newAccessKey('ok', randomBytes) }
}

const secretsShape = z.object({ root: z.string().min(32), operatorKey: z.string().min(32) })
