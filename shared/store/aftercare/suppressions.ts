import type { Engine } from '../engine/engine.ts'
import { suppressionKey, type Table } from '../keys.ts'

/** People who do not want to be contacted, by the HMAC of an e-mail address or of a phone number. */
export function suppressionStore(engine: Engine<Table>) {
  return {
    async add(digests: readonly string[], at: string): Promise<void> {
      const puts = digests.map(
        (digest) => ({ in: 'leads', put: { ...suppressionKey(digest), withdrawnAt: at } }) as const,
      )
      await engine.transact(puts)
    },

    /** Whether any of these is one of them: one look-up for each. */
    async hasAny(digests: readonly string[]): Promise<boolean> {
      const rows = await Promise.all(digests.map((digest) => engine.get({ in: 'leads', key: suppressionKey(digest) })))
      return rows.some((row) => row !== undefined)
    },
  }
}
