import * as z from 'zod'
import type { Engine } from '../engine/engine.ts'
import { leadKey, personIndexKey, personKey, type Table } from '../keys.ts'

export type PersonIndexStore = ReturnType<typeof personIndexStore>

/** Under which digests leads are found. A lead is stored with them; those of an earlier version get them when they are needed. */
export function personIndexStore(engine: Engine<Table>) {
  return {
    /** Up to which day (UTC) the leads of an earlier version have their digests. */
    async getProgress(): Promise<{ doneUntil?: string | undefined; isComplete: boolean }> {
      const row = await engine.get({ in: 'leads', key: personIndexKey() })
      return row ? progressRow.parse(row) : { isComplete: false }
    },

    /** Never moves back, even if a slow run finishes after a later one. */
    async advance(doneUntil: string, isComplete: boolean): Promise<void> {
      const later = { attribute: 'doneUntil', is: 'below', value: doneUntil } as const
      const when = { any: [{ exists: false }, later] }
      await engine.transact([{ in: 'leads', put: { ...personIndexKey(), doneUntil, isComplete }, when }])
    },

    /** Adds a lead under the digests of its person, unless it is erased. */
    async add(leadId: string, digests: readonly string[]): Promise<void> {
      const ifNotErased = { all: [{ exists: true }, { attribute: 'erasedAt', is: 'absent' }] } as const
      await engine.transact([
        { in: 'leads', check: leadKey(leadId), when: ifNotErased },
        ...digests.map((digest) => ({ in: 'leads', put: { ...personKey(digest, leadId), leadId } }) as const),
      ])
    },
  }
}

const progressRow = z.object({ doneUntil: z.string(), isComplete: z.boolean() })
