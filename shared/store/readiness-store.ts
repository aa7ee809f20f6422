import type { Engine } from './engine/engine.ts'
import { readinessKey, recordKey, type Table } from './keys.ts'

export type ReadinessStore = ReturnType<typeof readinessStore>

/** Whether both tables can be used. `probeBytes`: how large the row is that a check writes, over that of the check before. */
export function readinessStore(engine: Engine<Table>, { probeBytes }: { probeBytes: number }) {
  let writableAtMs: number | undefined
  return {
    /** Reads a row and writes one, at most once a second, because anyone may ask. @throws Error if one of them fails */
    async check(now: Date): Promise<void> {
      if (writableAtMs !== undefined && Math.abs(now.getTime() - writableAtMs) < minIntervalMs) return
      await engine.get({ in: 'catalog', key: recordKey('sources', 'readiness') })
      const probe = { ...readinessKey(), at: now.toISOString(), fill: 'x'.repeat(probeBytes) }
      const outcome = await engine.transact([{ in: 'leads', put: probe }])
      if (!outcome.done) throw new Error('Another process has locked the database.')
      writableAtMs = now.getTime()
    },
  }
}

const minIntervalMs = 1000
