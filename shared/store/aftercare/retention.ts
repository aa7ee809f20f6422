import * as z from 'zod'
import type { Engine } from '../engine/engine.ts'
import { retentionKey, type Table } from '../keys.ts'

export type RetentionStore = ReturnType<typeof retentionStore>

/** Progress of the retention worker. */
export function retentionStore(engine: Engine<Table>) {
  return {
    /** The last day (UTC) whose leads are all erased; absent before the first. */
    async findLastDay(): Promise<string | undefined> {
      const row = await engine.get({ in: 'leads', key: retentionKey() })
      return row && retentionRow.parse(row).doneUntil
    },

    /** Never moves back, even if a slow run finishes after a later one. */
    async advance(day: string): Promise<void> {
      const later = { attribute: 'doneUntil', is: 'below', value: day } as const
      const when = { any: [{ exists: false }, later] }
      await engine.transact([{ in: 'leads', put: { ...retentionKey(), doneUntil: day }, when }])
    },
  }
}

const retentionRow = z.object({ doneUntil: z.string() })
