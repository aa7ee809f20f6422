import type { TableAdmin, TableSettings, TableState } from '#cli/restore/table-admin.ts'
import type { Row } from '#shared/store/engine/engine.ts'

const bareSettings: TableSettings = {
  hasDeletionProtection: false,
  timeToLive: undefined,
  recoveryDays: undefined,
  stream: undefined,
  tags: [],
}
export const protectedSettings: TableSettings = {
  hasDeletionProtection: true,
  timeToLive: 'expiresAt',
  recoveryDays: 35,
  stream: undefined,
  tags: [{ key: 'team', value: 'admissions' }],
}

/** Tables in memory. A restore copies `asOf`, is without settings and takes some looks, as on AWS. */
export function createMemoryTables() {
  const tables = new Map<string, { state: TableState; rows: Map<string, Row>; looksLeft: number }>()
  const asOf = new Map<string, readonly Row[]>()
  const toKey = ({ pk, sk }: { pk: string; sk: string }) => `${pk}\n${sk}`
  const getTable = (name: string) => {
    const table = tables.get(name)
    if (!table) throw new Error(`${name} does not exist.`)
    return table
  }
  const addTable = (name: string, rows: readonly Row[], state: Partial<TableState> = {}) => {
    const defaults: TableState = {
      name,
      arn: `arn:${name}`,
      isActive: true,
      approximateRows: rows.length,
      window: { earliest: new Date('2026-10-25T00:00:00Z'), latest: new Date('2026-11-28T15:55:00Z') },
      encryptionKey: 'arn:key',
      shape: 'pk, sk',
      restored: undefined,
      settings: protectedSettings,
    }
    tables.set(name, {
      state: { ...defaults, ...state },
      rows: new Map(rows.map((row) => [toKey(row), row])),
      looksLeft: 0,
    })
  }
  const admin: TableAdmin = {
    async describe(name) {
      const table = tables.get(name)
      if (!table) return undefined
      if (table.looksLeft > 0) table.looksLeft -= 1
      return { ...table.state, isActive: table.looksLeft === 0 }
    },
    async startRestore({ from, to, at }) {
      addTable(to, asOf.get(from.name) ?? [], {
        restored: { from: from.arn, at },
        settings: bareSettings,
        window: undefined,
      })
      getTable(to).looksLeft = 3
    },
    async applySettings({ name }, settings) {
      getTable(name).state.settings = settings
    },
    async *scan(name) {
      const rows = [...getTable(name).rows.values()]
      for (let from = 0; from < rows.length; from += 3) yield rows.slice(from, from + 3)
    },
    async write(name, writes) {
      for (const write of writes)
        if ('put' in write) getTable(name).rows.set(toKey(write.put), write.put)
        else getTable(name).rows.delete(toKey(write.delete))
    },
  }
  return {
    admin,
    asOf,
    addTable,
    names: () => [...tables.keys()],
    readRows: (name: string) => [...getTable(name).rows.values()],
    readSettings: (name: string) => getTable(name).state.settings,
  }
}
