import type { Engine, Write } from '#shared/store/engine/engine.ts'
import { returnKey, type Table } from '#shared/store/keys.ts'

/** A store that checks for a pending return and then releases without a condition. */
export function unconditionalReturns(engine: Engine<Table>): Engine<Table> {
  return rewriteWrites(engine, (write) => {
    if (!('change' in write) || !(isReturn(write) || isReleased(write))) return write
    return { ...write, when: { exists: true } }
  })
}

/** A store that accepts a return but leaves the reservations on the delivery, so that they are released again. */
export function forgetfulDeliveries(engine: Engine<Table>): Engine<Table> {
  return rewriteWrites(engine, (write) => {
    if (!('change' in write) || !isReleased(write)) return write
    const { taken: _, ...set } = write.set ?? {}
    return { ...write, set }
  })
}

type Change = Extract<Write<Table>, { change: object }>

function isReturn({ change }: Change): boolean {
  return change.sk === returnKey('').sk
}

function isReleased({ set }: Change): boolean {
  return set?.returnedAt !== undefined
}

function rewriteWrites(engine: Engine<Table>, rewrite: (write: Write<Table>) => Write<Table>): Engine<Table> {
  return { ...engine, transact: (writes) => engine.transact(writes.map(rewrite)) }
}
