import type { DatabaseSync } from 'node:sqlite'
import type { Row } from '#shared/store/engine/engine.ts'
import { itemFromJson, itemToJson } from '#shared/store/engine/item-json.ts'
import type { Table } from '#shared/store/keys.ts'
import type { TableAdmin } from './table-admin.ts'

type FolderTables = { replaced: DatabaseSync; restored: DatabaseSync }
export type FolderTableName = `${keyof FolderTables}/${Table}`

const rowsPerPage = 500

/** The tables of two data folders, as `replaced/leads` and `restored/leads`, for what settles those of a stage. */
export function createFolderTables(databases: FolderTables): Pick<TableAdmin, 'scan' | 'write'> {
  const find = (name: string) => {
    const [folder, table] = name.split('/')
    const database = folder === 'replaced' ? databases.replaced : databases.restored
    return { database, table }
  }
  return {
    async *scan(name) {
      const { database, table } = find(name)
      const page = database.prepare(`SELECT rowid, item FROM "${table}" WHERE rowid > ? ORDER BY rowid LIMIT ?`)
      let last = 0
      for (;;) {
        const rows = page.all(last, rowsPerPage)
        if (rows.length === 0) return
        yield rows.map(({ item }): Row => itemFromJson(String(item)))
        last = Number(rows.at(-1)?.rowid)
      }
    },

    async write(name, writes) {
      const { database, table } = find(name)
      const put = database.prepare(
        `INSERT INTO "${table}" (pk, sk, item) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET item = excluded.item`,
      )
      const remove = database.prepare(`DELETE FROM "${table}" WHERE pk = ? AND sk = ?`)
      for (const write of writes)
        if ('put' in write) put.run(write.put.pk, write.put.sk, itemToJson(write.put))
        else remove.run(write.delete.pk, write.delete.sk)
    },
  }
}
