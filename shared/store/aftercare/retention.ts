import * as z from 'zod'
import type { Engine } from '../engine/engine.ts'
import { retentionKey, type Table } from '../keys.ts'

export type RetentionStore = ReturnType<typeof retentionStore>

/** How far people have been forgotten because of their age. */
export function retentionStore(engine: Engine<Table>) {
  return {
    /** The last day (UTC) of which nobody is left; absent where there is none yet. */
    async findLastDay(): Promise<string | undefined> {
      const row = await engine.get({ in: 'leads', key: retentionKey() })
      return row && retentionRow.parse(row).doneUntil
    },

    /** It never goes back, whoever is late. */
    async advance(day: string): Promise<void> {
      const later = { attribute: 'doneUntil', is: 'below', value: day } as const
      const when = { any: [{ exists: false }, later] }
      await engine.transact([{ in: 'leads', put: { ...retentionKey(), doneUntil: day }, when }])
    },
  }
}

const retentionRow = z.object({ doneUntil: z.string() })
