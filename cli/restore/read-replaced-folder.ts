import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { needsUpgrade } from '#local/data/back-up-before-upgrade.ts'
import { databaseFile, lockFolder, readRootSecret } from '#local/data/data-folder.ts'
import { checkIdentity, readIdentity } from '#local/data/folder-identity.ts'
import { readHold } from '#local/data/hold.ts'
import { hostTables } from '#local/data/host-tables.ts'
import { checkDatabaseFile } from '#local/data/open-database.ts'
import { describeReplacement, findReplacement } from '#local/data/replaced-folder.ts'
import { systemDependencies } from '#shared/platform/system-dependencies.ts'
import { createSqliteEngine } from '#shared/store/engine/sqlite/sqlite.ts'
import { RestoreFault } from './restore-stage.ts'

type Folders = { dataDir: string; replaces: string; secretsKey: string | undefined }

/**
 * Opens the database of the folder that a restored one replaces, and locks the folder. One of an older version is migrated in
 * a copy, so that the folder stays as it is.
 * @throws RestoreFault if it is in use, of another host, held itself or replaced by another folder
 * @throws StartupError if it is damaged or of a newer version
 */
export async function openReplacedFolder({ dataDir, replaces, secretsKey }: Folders) {
  const folder = resolve(replaces)
  const path = join(folder, databaseFile)
  if (folder === resolve(dataDir)) throw new RestoreFault('--replaces names the restored folder itself.')
  if (!existsSync(path)) throw new RestoreFault(`${folder} is not a data folder of Prospectus.`)
  const unlock = lockFolder(
    folder,
    `A host runs on ${folder}. Stop it first: it and one on ${resolve(dataDir)} would both send.`,
  )
  try {
    checkDatabaseFile(path)
    const replacement = findReplacement(folder)
    if (replacement && replacement.by !== resolve(dataDir))
      throw new RestoreFault(describeReplacement(folder, replacement))
    if (readHold(path))
      throw new RestoreFault(`${folder} is held itself, so it does not say what happened. Settle without it.`)
    const copy = needsUpgrade(path) ? await migrateCopy(path, resolve(dataDir)) : undefined
    const database = new DatabaseSync(copy?.path ?? path)
    checkIdentity(readIdentity(database), { folder, root: readRootSecret(dataDir, secretsKey) })
    return {
      folder,
      database,
      close() {
        database.close()
        copy?.remove()
        unlock()
      },
    }
  } catch (error) {
    unlock()
    throw error
  }
}

async function migrateCopy(path: string, dataDir: string) {
  const draft = join(dataDir, 'replaced.draft')
  const remove = () => rmSync(draft, { recursive: true, force: true })
  remove()
  mkdirSync(draft, { mode: 0o700 })
  const copyPath = join(draft, databaseFile)
  const source = new DatabaseSync(path)
  source.prepare('VACUUM INTO ?').run(copyPath)
  source.close()
  await createSqliteEngine({ ...hostTables, path: copyPath, now: systemDependencies.now }).close()
  return { path: copyPath, remove }
}
