import { existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { readSchemaVersion } from '#shared/store/engine/sqlite/sqlite-database.ts'
import { schemaMigrations } from '#shared/store/schema-migrations.ts'
import { StartupError } from '../startup-error.ts'
import { type BackupResult, backup } from './backup.ts'
import { databaseFile } from './data-folder.ts'

const prefix = 'before-schema-'
/** It holds people who may be erased meanwhile, so it is not kept longer than an upgrade needs to show its faults. */
const keptDays = 7

/**
 * Copies a folder whose rows the start is going to migrate, into the folder. Returns nothing if there is nothing to migrate.
 * @throws StartupError if it cannot be copied; then nothing has changed
 */
export function backUpBeforeUpgrade(folder: string): BackupResult | undefined {
  if (!needsUpgrade(join(folder, databaseFile))) return undefined
  const to = join(folder, `${prefix}${schemaMigrations.length}`)
  if (existsSync(to)) rmSync(to, { recursive: true })
  try {
    return backup({ dataDir: folder, to })
  } catch (error) {
    if (!(error instanceof StartupError)) throw error
    throw new StartupError(`This version changes the data and must back it up first. ${error.message}`)
  }
}

/** Removes such backups after a week. */
export function removeUpgradeBackups(folder: string, now: Date): void {
  for (const name of readdirSync(folder).filter((one) => one.startsWith(prefix))) {
    const ageMs = now.getTime() - statSync(join(folder, name)).mtimeMs
    if (ageMs > keptDays * 24 * 60 * 60 * 1000) rmSync(join(folder, name), { recursive: true })
  }
}

/** A database without tables is new. */
export function needsUpgrade(database: string): boolean {
  if (!existsSync(database)) return false
  const connection = new DatabaseSync(database)
  try {
    const hasTables = connection.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table'").get() !== undefined
    return hasTables && readSchemaVersion(connection) < schemaMigrations.length
  } finally {
    connection.close()
  }
}
