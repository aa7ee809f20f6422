import * as z from 'zod'
import type { Engine, Write } from './engine/engine.ts'
import { keyKey, type Table } from './keys.ts'

/** Whom a key speaks for. */
export const keyHolder = z.discriminatedUnion('caller', [
  z.object({ caller: z.literal('source'), sourceId: z.string() }),
  z.object({ caller: z.literal('school'), schoolId: z.string() }),
  z.object({ caller: z.literal('operator') }),
])
export type KeyHolder = z.output<typeof keyHolder>

/** Keys by their hash: none can be read back from the table. */
export function credentials(engine: Engine<Table>) {
  return {
    async holderOf(sha256: string): Promise<KeyHolder | undefined> {
      const row = await engine.get({ in: 'catalog', key: keyKey(sha256) })
      return row && keyHolder.parse(row)
    },

    async saveKey(sha256: string, holder: KeyHolder): Promise<void> {
      await engine.transact([saveKeyWrite(sha256, holder)])
    },
  }
}

/** For a transaction that makes a key together with the record that it belongs to. */
export function saveKeyWrite(sha256: string, holder: KeyHolder): Write<Table> {
  return { in: 'catalog', put: { ...keyKey(sha256), ...holder } }
}

/** For a transaction that removes what a key belongs to: another of its name shall not inherit it. */
export function removeKeyWrite(sha256: string): Write<Table> {
  return { in: 'catalog', delete: keyKey(sha256) }
}
