import type { Engine } from '#shared/store/engine/engine.ts'
import type { Table } from '#shared/store/keys.ts'

export type Death = 'before' | 'after'

/** An engine whose process dies at one transaction, before or after it is written, and can be started again. */
export function createFailingEngine() {
  const life = { writesLeft: Number.POSITIVE_INFINITY, dies: 'before' as Death, writes: 0 }
  const between = (engine: Engine<Table>): Engine<Table> => ({
    ...engine,
    async transact(writes) {
      life.writes += 1
      life.writesLeft -= 1
      if (life.writesLeft > 0 || (life.writesLeft === 0 && life.dies === 'before')) return engine.transact(writes)
      if (life.writesLeft === 0) await engine.transact(writes)
      throw new Error('The process is gone.')
    },
  })
  return { life, between }
}
