import { setImmediate as pause } from 'node:timers/promises'
import type { Engine, Write } from '#shared/store/engine/engine.ts'
import type { Table } from '#shared/store/keys.ts'

/** A store that reads a cap and then writes: what is left is looked at, and no condition guards the write. */
export function withNaiveCaps(engine: Engine<Table>): Engine<Table> {
  return rewriteWrites(engine, (write) => {
    if (!isCounterChange(write)) return write
    const { when: _, ...bare } = write
    return bare
  })
}

/** A store that gives nothing back to a cap. */
export function withUnreleasedCaps(engine: Engine<Table>): Engine<Table> {
  return rewriteWrites(engine, (write) =>
    isCounterChange(write) && (write.add?.used ?? 0) < 0 ? { ...write, add: { used: 0 } } : write,
  )
}

/**
 * An engine at the other end of a wire: between two calls others have their turn. In memory alone nothing would ever
 * happen between reading and writing, and a race could not be lost.
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
