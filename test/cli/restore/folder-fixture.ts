import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { findRowKind } from '#cli/restore/row-kinds.ts'
import { type SettleDependencies, type SettleRequest, settleFolder } from '#cli/restore/settle-folder.ts'
import { backup, restore } from '#local/data/backup.ts'
import { readHold } from '#local/data/hold.ts'
import { hostTables } from '#local/data/host-tables.ts'
import type { Row } from '#shared/store/engine/engine.ts'
import { itemFromJson } from '#shared/store/engine/item-json.ts'
import { createSqliteEngine, type SqliteEngine } from '#shared/store/engine/sqlite/sqlite.ts'
import { restoreHoldKey, type Table } from '#shared/store/keys.ts'
import { openStores } from '#shared/store/open-stores.ts'
import { createTestSystem, submitTestLead, type TestSystem } from '#test/functions/create-test-system.ts'

/** The root secret of `createTestApi`. */
export const testRoot = '0'.repeat(64)

/** A host's data folder `data` with one lead to two schools that waits, and its backup in `backup`. The clock is the machine's. */
export async function createBackedUpFolder(folder: string) {
  const path = (name: string) => join(folder, name)
  const dataDir = path('data')
  mkdirSync(dataDir)
  writeFileSync(join(dataDir, 'secrets.json'), JSON.stringify({ root: testRoot }))
  let engine: SqliteEngine<Table> | undefined
  const system = await createTestSystem({
    createEngine(now) {
      engine = createSqliteEngine({ ...hostTables, path: join(dataDir, 'prospectus.db'), now })
      return engine
    },
  })
  system.api.clock.now = new Date()
  const receipt = await submitTestLead(system)
  backup({ dataDir, to: path('backup') })
  return {
    path,
    system,
    dataDir,
    receipt,
    /** Ends what writes to the folder, as the loss of the host does. */
    async stop() {
      const open = engine
      engine = undefined
      await open?.close()
    },
    /** Restores the backup to `restored`, which is held. */
    restore(name = 'restored') {
      restore({ from: path('backup'), dataDir: path(name) })
      return path(name)
    },
  }
}

export const quiet: SettleDependencies = { now: () => new Date(), report() {} }

export function settleQuietly(request: SettleRequest, deps: Partial<SettleDependencies> = {}) {
  return settleFolder(request, { ...quiet, ...deps })
}

export const isHeld = (dataDir: string) => readHold(join(dataDir, 'prospectus.db')) !== undefined

/** Takes the hold away without settling, as a program without it would run on a restored folder. */
export function ignoreHold(dataDir: string): void {
  const database = new DatabaseSync(join(dataDir, 'prospectus.db'))
  const { pk, sk } = restoreHoldKey()
  database.prepare('DELETE FROM catalog WHERE pk = ? AND sk = ?').run(pk, sk)
  database.close()
}

/** Reads a folder with its stores. */
export async function inspectFolder<Result>(
  dataDir: string,
  read: (stores: ReturnType<typeof openStores>) => Promise<Result>,
): Promise<Result> {
  const engine = createSqliteEngine({ ...hostTables, path: join(dataDir, 'prospectus.db'), now: () => new Date() })
  try {
    return await read(openStores(engine))
  } finally {
    await engine.close()
  }
}

/** The IDs of deliveries that a host on the folder would send now. */
export async function listDueDeliveries(dataDir: string): Promise<string[]> {
  const due = await inspectFolder(dataDir, (stores) =>
    stores.due.listDeliveries(new Date(Date.now() + 1000).toISOString(), 100),
  )
  return due.map(({ deliveryId }) => deliveryId).toSorted()
}

/** All rows of a folder, without what a settling itself leaves: its audit entry. */
export function readRows(dataDir: string): Row[] {
  const database = new DatabaseSync(join(dataDir, 'prospectus.db'))
  try {
    return ['catalog', 'leads']
      .flatMap((table) => database.prepare(`SELECT item FROM "${table}" ORDER BY pk, sk`).all())
      .map(({ item }): Row => itemFromJson(String(item)))
      .filter(({ action }) => action !== 'backup.settled')
  } finally {
    database.close()
  }
}

/** The rows that a settling compares. */
export function readSettledRows(dataDir: string): Row[] {
  return readRows(dataDir).filter((row) => findRowKind('leads', row).rule !== 'passing')
}

export async function deliverAll({ api }: TestSystem, deliveryIds: readonly string[]): Promise<void> {
  for (const deliveryId of deliveryIds) await api.deliver(deliveryId)
}

/** An accident: every delivery is deleted. */
export function deleteDeliveries(dataDir: string): void {
  const database = new DatabaseSync(join(dataDir, 'prospectus.db'))
  database.exec("DELETE FROM leads WHERE pk LIKE 'DELIVERY#%'")
  database.close()
}
