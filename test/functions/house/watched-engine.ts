import type { Engine } from '#shared/store/engine/engine.ts'

export type Watch = {
  gets: number
  queries: number
  transactions: number
  /** What every call throws from now on, as an engine that is out of reach would. */
  fault: Error | undefined
  /** Runs before each transaction: what another writer may do meanwhile. */
  beforeCommit: (() => Promise<void>) | undefined
}

/** An engine that counts what is asked of it, and fails where it is told to. */
export function watchedEngine<Table extends string>(engine: Engine<Table>): { engine: Engine<Table>; watch: Watch } {
  const watch: Watch = { gets: 0, queries: 0, transactions: 0, fault: undefined, beforeCommit: undefined }
  const count = (what: 'gets' | 'queries' | 'transactions') => {
    if (watch.fault) throw watch.fault
    watch[what] += 1
  }
  return {
    watch,
    engine: {
      ...engine,
      async get(from) {
        count('gets')
        return engine.get(from)
      },
      async query(query) {
        count('queries')
        return engine.query(query)
      },
      async transact(writes) {
        count('transactions')
        const { beforeCommit } = watch
        watch.beforeCommit = undefined
        await beforeCommit?.()
        return engine.transact(writes)
      },
    },
  }
}
