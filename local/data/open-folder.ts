import { existsSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Log } from '#shared/platform/log.ts'
import type { createSqliteEngine, SqliteEngine } from '#shared/store/engine/sqlite/sqlite.ts'
import type { Table } from '#shared/store/keys.ts'
import { StartupError } from '../startup-error.ts'
import { backUpBeforeUpgrade } from './back-up-before-upgrade.ts'
import { createInMemoryFolder, createPlaceCheck, openDataFolder } from './data-folder.ts'
import { checkIdentity, claimFolder, type FolderMode, readIdentity } from './folder-identity.ts'
import { createHoldWatch, describeHold, type HoldWatch, readHold } from './hold.ts'
import { hostTables } from './host-tables.ts'
import { openDatabaseFile } from './open-database.ts'
import { forgetPrintedKey, type HostSecrets } from './secrets-file.ts'

type FolderSettings = {
  /** Absent: in memory. */
  dataDir: string | undefined
  mode: FolderMode
  secretsKey?: string | undefined
  createEngine: (settings: Parameters<typeof createSqliteEngine<Table>>[0]) => SqliteEngine<Table>
  now: () => Date
  log: Log
  /** Where the threads that write to the database take turns. */
  writeTurns?: SharedArrayBuffer | undefined
}
/** `database`: its file. */
export type OpenFolder = {
  database: string
  engine: SqliteEngine<Table>
  secrets: HostSecrets
  /** When its database was written last before, by the clock of that time; undefined if it is new or in memory. */
  lastWriteMs: number | undefined
  /** Of a restored backup. */
  hold: HoldWatch
  /** Whether the folder was neither removed nor replaced since. */
  isInPlace: () => boolean
  release: () => Promise<void>
}
/** How long workers may read without a pause in which requests are answered. */
const maxTurnMs = 10

/**
 * Opens a data folder for one host: checks whose it is, backs it up if its rows must be migrated, and opens its database.
 * @throws StartupError if it cannot be opened, is in use, is damaged, or belongs to another host, mode or a newer version
 */
export async function openFolder({
  dataDir,
  mode,
  secretsKey,
  createEngine,
  now,
  log,
  writeTurns,
}: FolderSettings): Promise<OpenFolder> {
  await using resources = new AsyncDisposableStack()
  const { database, secrets, release } =
    dataDir === undefined ? createInMemoryFolder() : openDataFolder(dataDir, secretsKey)
  resources.defer(release)
  const folder = dirname(database)
  const isOnDisk = dataDir !== undefined
  const lastWriteMs = isOnDisk ? readLastWrite(database) : undefined
  const prepare = () => {
    if (!isOnDisk) return
    if (existsSync(database)) {
      checkIdentity(peekIdentity(database), { folder, root: secrets.root, mode })
      // The sample data is written at each start.
      const hold = mode === 'start' ? readHold(database) : undefined
      if (hold)
        throw new StartupError(
          `${describeHold(hold)} Settle ${folder} first: npm run ops -- settle --data-dir ${folder}`,
        )
    }
    const copy = backUpBeforeUpgrade(folder)
    if (copy) log('upgrade.backed-up', copy)
  }
  const open = () => createEngine({ ...hostTables, path: database, now, maxTurnMs, ...(writeTurns && { writeTurns }) })
  const engine = openDatabaseFile(database, open, prepare)
  resources.defer(() => engine.close())
  if (isOnDisk) {
    await claimFolder(engine, { folder, root: secrets.root, mode, printedKey: secrets.operatorKey })
    if (mode === 'serve') forgetPrintedKey(folder)
  }
  const hold = createHoldWatch(engine, isOnDisk && existsSync(database) ? readHold(database) : undefined)
  const isInPlace = isOnDisk ? createPlaceCheck(folder) : () => true
  const disposables = resources.move()
  return { database, engine, secrets, lastWriteMs, hold, isInPlace, release: () => disposables.disposeAsync() }
}

/** A write is in the write-ahead log until the database is closed. */
function readLastWrite(database: string): number | undefined {
  const times = [database, `${database}-wal`].flatMap(
    (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? [],
  )
  return times.length > 0 ? Math.max(...times) : undefined
}

function peekIdentity(path: string) {
  const database = new DatabaseSync(path)
  try {
    return readIdentity(database)
  } finally {
    database.close()
  }
}
