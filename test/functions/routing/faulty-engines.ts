import { setImmediate as pause } from 'node:timers/promises'
import type { Engine, Write } from '#shared/store/engine/engine.ts'
import type { Table } from '#shared/store/keys.ts'

/** An engine that drops the condition of counter writes, like a cap that is read and then written. */
export function withNaiveCaps(engine: Engine<Table>): Engine<Table> {
  return rewriteWrites(engine, (write) => {
    if (!isCounterChange(write)) return write
    const { when: _, ...bare } = write
    return bare
  })
}

/** An engine that never releases a reservation. */
export function withUnreleasedCaps(engine: Engine<Table>): Engine<Table> {
  return rewriteWrites(engine, (write) =>
    isCounterChange(write) && (write.add?.used ?? 0) < 0 ? { ...write, add: { used: 0 } } : write,
  )
}

/**
 * An engine that lets other work run before each call, like a remote one. Without this, nothing could happen in memory
 * between a read and a write, and no race could be lost.
 */
export function withLatency(engine: Engine<Table>): Engine<Table> {
  return {
    get: (from) => pause().then(() => engine.get(from)),
    query: (query) => pause().then(() => engine.query(query)),
    transact: (writes) => pause().then(() => engine.transact(writes)),
  }
}

function isCounterChange(write: Write<Table>): write is Extract<Write<Table>, { change: object }> {
  return 'change' in write && write.change.pk.startsWith('COUNTER#')
}

function rewriteWrites(engine: Engine<Table>, rewrite: (write: Write<Table>) => Write<Table>): Engine<Table> {
  return { ...engine, transact: (writes) => engine.transact(writes.map(rewrite)) }
}
