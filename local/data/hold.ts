import { statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import * as z from 'zod'
import type { Engine } from '#shared/store/engine/engine.ts'
import { itemFromJson, itemToJson } from '#shared/store/engine/item-json.ts'
import { restoreHoldKey, type Table } from '#shared/store/keys.ts'

/**
 * Every backup has this row, and so has each folder that comes from one, however it was put there. While it is there, nothing
 * is written or sent: the backup has forgotten who was erased, who withdrew and what was delivered after `asOf`. `ops settle`
 * removes it.
 */
const holdRow = z.object({ asOf: z.iso.datetime() })
export type Hold = z.output<typeof holdRow>

export const settleCommand = 'npm run ops -- settle --help'

/** What callers, logs and alerts say of a folder that is held. */
export function describeHold({ asOf }: Hold): string {
  return `The data was restored from a backup of ${asOf} and is held until staff settle what happened since.`
}

/** Whether a database is held; undefined if it is not. Nothing is changed. */
export function readHold(path: string): Hold | undefined {
  const database = new DatabaseSync(path)
  try {
    return findHold(database)
  } finally {
    database.close()
  }
}

/** Holds a copy of a database, unless it is held as of an earlier time. `asOf` absent: as of its latest row. */
export function holdDatabase(path: string, asOf?: string): Hold | undefined {
  const database = new DatabaseSync(path)
  try {
    const earlier = findHold(database)
    if (earlier || !hasTables(database)) return earlier
    const item = {
      ...restoreHoldKey(),
      asOf: asOf ?? findLatestInstant(database) ?? statSync(path).mtime.toISOString(),
    }
    database.prepare('INSERT INTO catalog (pk, sk, item) VALUES (?, ?, ?)').run(item.pk, item.sk, itemToJson(item))
    return findHold(database)
  } finally {
    database.close()
  }
}

export type HoldWatch = ReturnType<typeof createHoldWatch>

/** Follows the hold of an open folder, which another process removes. */
export function createHoldWatch(engine: Pick<Engine<Table>, 'get'>, initial: Hold | undefined) {
  let hold = initial
  return {
    find: () => hold,
    /** Returns whether it is still held. A folder that was released is never held again. */
    async check(): Promise<boolean> {
      if (!hold) return false
      const row = await engine.get({ in: 'catalog', key: restoreHoldKey() })
      hold = row && holdRow.parse(row)
      return hold !== undefined
    },
  }
}

function findHold(database: DatabaseSync): Hold | undefined {
  if (!hasTables(database)) return undefined
  const { pk, sk } = restoreHoldKey()
  const row = database.prepare('SELECT item FROM catalog WHERE pk = ? AND sk = ?').get(pk, sk)
  return row && holdRow.parse(itemFromJson(String(row.item)))
}

function hasTables(database: DatabaseSync): boolean {
  const sql = "SELECT count(*) AS tables FROM sqlite_schema WHERE type = 'table' AND name IN ('catalog', 'leads')"
  return database.prepare(sql).get()?.tables === 2
}

/** The database is at least as new as its latest lead, attempt or change. */
function findLatestInstant(database: DatabaseSync): string | undefined {
  const fields = ['receivedAt', 'endedAt', 'at'].map((name) => `coalesce(item ->> '${name}', '')`)
  const row = database.prepare(`SELECT max(max(${fields.join(', ')})) AS latest FROM leads`).get()
  return holdRow.shape.asOf.safeParse(row?.latest).data
}
