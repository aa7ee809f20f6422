import { getWriteKey } from '#shared/store/engine/check-writes.ts'
import { countItemBytes } from '#shared/store/engine/count-item-bytes.ts'
import type { Engine, Write } from '#shared/store/engine/engine.ts'
import type { Table } from '#shared/store/keys.ts'
import { memoryEngine } from '#test/memory-engine.ts'

export type Work = { calls: string[]; writes: number; bytes: number }

/** An engine that records what is asked of it: each call with the kind of row, and the size of its transactions. */
export function recordingEngine({ billsBytes = false } = {}) {
  let work: Work = { calls: [], writes: 0, bytes: 0 }
  const kindOf = (pk: string) => pk.split('#')[0]
  const createEngine = (now: () => Date): Engine<Table> => {
    const engine = memoryEngine(now)
    return {
      ...engine,
      billsBytes,
      async get(from) {
        work.calls.push(`get ${kindOf(from.key.pk)}`)
        return engine.get(from)
      },
      async query(query) {
        work.calls.push(`query ${kindOf(query.pk)}`)
        return engine.query(query)
      },
      async transact(writes) {
        work.calls.push('transact')
        work.writes += writes.length
        work.bytes += writes.reduce((sum, write) => sum + countBytes(write), 0)
        return engine.transact(writes)
      },
    }
  }
  const record = async (act: () => Promise<unknown>): Promise<Work> => {
    work = { calls: [], writes: 0, bytes: 0 }
    await act()
    const { calls, ...size } = work
    return { ...size, calls: [...calls] }
  }
  return { createEngine, record }
}

function countBytes(write: Write<Table>): number {
  if ('put' in write) return countItemBytes(write.put)
  return countItemBytes({ ...('change' in write && write.set), ...getWriteKey(write) })
}
