import type { Engine } from '../engine/engine.ts'
import { suppressionKey, type Table } from '../keys.ts'

/** People who withdrew consent, by the HMAC of an email address or of a phone number. */
export function suppressionStore(engine: Engine<Table>) {
  return {
    async add(digests: readonly string[], at: string): Promise<void> {
      const puts = digests.map(
        (digest) => ({ in: 'leads', put: { ...suppressionKey(digest), withdrawnAt: at } }) as const,
      )
      await engine.transact(puts)
    },

    /** Whether any of these digests is suppressed. One read per digest. */
    async hasAny(digests: readonly string[]): Promise<boolean> {
      const rows = await Promise.all(digests.map((digest) => engine.get({ in: 'leads', key: suppressionKey(digest) })))
      return rows.some((row) => row !== undefined)
    },
  }
}
