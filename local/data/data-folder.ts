import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import * as z from 'zod'
import { newAccessKey } from '#shared/platform/access-keys.ts'
import { CannotStart } from '../cannot-start.ts'

/** What a folder for data holds; a backup of it holds the same. */
export const databaseFile = 'prospectus.db'
export const secretsFile = 'secrets.json'

/** What all keys and tokens are made from, and the key of whoever runs this host. */
export type Secrets = z.output<typeof secretsShape>
export type DataFolder = { database: string; secrets: Secrets; release: () => void }

/** Nothing is kept: a database in memory, and secrets that end with it. */
export function noFolder(): DataFolder {
  return { database: ':memory:', secrets: newSecrets(), release() {} }
}

/** A folder that this host has for itself until `release`. @throws CannotStart where it cannot be had. */
export function dataFolder(dataDir: string): DataFolder {
  const folder = resolve(dataDir)
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? error.code : String(error)
    throw new CannotStart(
      `DATA_DIR ${folder} cannot be made or used (${reason}). Set it to a folder that you may write to.`,
    )
  }
  const release = lock(folder)
  try {
    const database = join(folder, databaseFile)
    return { database, secrets: keptSecrets(folder, database), release }
  } catch (error) {
    release()
    throw error
  }
}

/** A lock of the operating system on a file beside the database: it ends with the process, however that ends. */
function lock(folder: string): () => void {
  try {
    const held = new DatabaseSync(join(folder, 'host.lock'))
    held.exec('BEGIN EXCLUSIVE')
    return () => held.close()
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    if (!reason.includes('locked'))
      throw new CannotStart(`DATA_DIR ${folder} cannot be used (${reason}). Set it to a folder that you may write to.`)
    throw new CannotStart(
      `DATA_DIR ${folder} is in use by another Prospectus. Stop that one, or set DATA_DIR to another folder.`,
    )
  }
}

/** Whether a host runs on a folder just now. */
export function isInUse(dataDir: string): boolean {
  try {
    lock(resolve(dataDir))()
    return false
  } catch {
    return true
  }
}

/** What all keys of a folder are made from. @throws CannotStart where there is none. */
export function keptRoot(dataDir: string): string {
  const folder = resolve(dataDir)
  if (!existsSync(join(folder, databaseFile))) throw new CannotStart(`${folder} is no folder of Prospectus's data.`)
  return keptSecrets(folder, join(folder, databaseFile)).root
}

function keptSecrets(folder: string, database: string): Secrets {
  const file = join(folder, secretsFile)
  if (!existsSync(file)) {
    if (existsSync(database))
      throw new CannotStart(
        `${file} is missing, without which ${database} cannot be read. Restore it, or use another DATA_DIR.`,
      )
    writeOnce(file, JSON.stringify(newSecrets(), null, 2))
  }
  try {
    chmodSync(file, 0o600)
    return secretsShape.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    throw new CannotStart(`${file} cannot be read as what Prospectus wrote. Restore it, or use another DATA_DIR.`)
  }
}

/** Whole or not at all, whenever the power goes. */
function writeOnce(file: string, content: string): void {
  const draft = `${file}.draft`
  writeFileSync(draft, `${content}\n`, { mode: 0o600, flush: true })
  renameSync(draft, file)
}

function newSecrets(): Secrets {
  return { root: randomBytes(64).toString('base64url'), operatorKey: newAccessKey('ok', randomBytes) }
}

const secretsShape = z.object({ root: z.string().min(32), operatorKey: z.string().min(32) })
