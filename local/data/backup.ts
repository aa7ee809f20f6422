import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { StartupError } from '../startup-error.ts'
import { databaseFile, secretsFile } from './data-folder.ts'

export type BackupResult = { folder: string; rows: number }

/**
 * Copies a data folder as of one moment, while a host may be writing to it: the database and the secrets that it needs.
 * @throws StartupError if there is nothing to copy or the target exists.
 */
export function backup({ dataDir, to }: { dataDir: string; to: string }): BackupResult {
  const [from, target] = [resolve(dataDir), resolve(to)]
  const [database, secrets] = [join(from, databaseFile), join(from, secretsFile)]
  if (!existsSync(database) || !existsSync(secrets))
    throw new StartupError(`${from} is no folder of Prospectus's data.`)
  const draft = createDraftFolder(target)
  const source = new DatabaseSync(database, { readOnly: true })
  try {
    // One read transaction, so that the copy has no later writes.
    source.prepare('VACUUM INTO ?').run(join(draft, databaseFile))
  } finally {
    source.close()
  }
  copyFileSync(secrets, join(draft, secretsFile))
  renameSync(draft, target)
  return { folder: target, rows: countRows(join(target, databaseFile)) }
}

/** Restores a backup to a new data folder. @throws StartupError if it is damaged or the folder exists. */
export function restore({ from, dataDir }: { from: string; dataDir: string }): BackupResult {
  const [source, target] = [resolve(from), resolve(dataDir)]
  const files = [databaseFile, secretsFile]
  const missing = files.find((file) => !existsSync(join(source, file)))
  if (missing !== undefined) throw new StartupError(`${source} is no backup: it has no ${missing}.`)
  const draft = createDraftFolder(target)
  for (const file of files) copyFileSync(join(source, file), join(draft, file))
  const rows = countRows(join(draft, databaseFile))
  renameSync(draft, target)
  return { folder: target, rows }
}

/** A temporary folder next to the target, which replaces it when complete. */
function createDraftFolder(target: string): string {
  if (existsSync(target) && readdirSync(target).length > 0)
    throw new StartupError(`${target} is not empty. Name a folder that does not exist yet.`)
  rmSync(target, { recursive: true, force: true })
  const draft = `${target}.draft`
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(draft, { recursive: true, mode: 0o700 })
  return draft
}

function countRows(database: string): number {
  const copy = new DatabaseSync(database, { readOnly: true })
  try {
    const check = copy.prepare('PRAGMA integrity_check').get()?.integrity_check
    if (check !== 'ok') throw new StartupError(`${database} is damaged: ${check}.`)
    const tables = copy.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all()
    return tables.reduce(
      (sum, { name }) => sum + Number(copy.prepare(`SELECT count(*) AS rows FROM "${name}"`).get()?.rows),
      0,
    )
  } catch (error) {
    if (error instanceof StartupError) throw error
    throw new StartupError(`${database} is damaged: ${error instanceof Error ? error.message : error}.`)
  } finally {
    copy.close()
  }
}
