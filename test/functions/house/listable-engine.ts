import { getWriteKey } from '#shared/store/engine/check-writes.ts'
import type { Engine, Key, Row } from '#shared/store/engine/engine.ts'
import type { Table } from '#shared/store/keys.ts'

/** An engine that can say all that it keeps: the port has no way to ask for that, and needs none. */
export function listableEngine(engine: Engine<Table>): { engine: Engine<Table>; rows: () => Promise<Row[]> } {
  const writtenKeys = new Map<string, { in: Table; key: Key }>()
  return {
    engine: {
      ...engine,
      async transact(writes) {
        for (const write of writes) {
          const key = getWriteKey(write)
          writtenKeys.set(`${write.in} ${key.pk} ${key.sk}`, { in: write.in, key })
        }
        return engine.transact(writes)
      },
    },
    async rows() {
      const storedRows = await Promise.all([...writtenKeys.values()].map((one) => engine.get(one)))
      return storedRows.flatMap((row) => row ?? [])
    },
  }
}
