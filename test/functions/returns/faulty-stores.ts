import type { Engine, Write } from '#shared/store/engine/engine.ts'
import { returnKey, type Table } from '#shared/store/keys.ts'

/** A store that checks for a pending return and then releases without a condition. */
export function unconditionalReturns(engine: Engine<Table>): Engine<Table> {
  return rewriteWrites(engine, (write) => {
    if (!('change' in write) || !(isReturn(write) || isReleased(write))) return write
    return { ...write, when: { exists: true } }
  })
}

/** A store that accepts a return but marks nothing on the delivery, so that a bounce undoes what was paid back. */
export function forgetfulDeliveries(engine: Engine<Table>): Engine<Table> {
  return rewriteWrites(engine, (write) => {
    if (!('change' in write) || !isReleased(write)) return write
    return { ...write, set: { settledAt: write.set?.returnedAt ?? '' } }
  })
}

/** A store that takes back the charge of a bounced email without a word on the delivery, so that it is not charged again. */
export function forgottenReversals(engine: Engine<Table>): Engine<Table> {
  return rewriteWrites(engine, (write) => {
    if (!('change' in write) || write.add?.chargeReversals === undefined) return write
    const { chargeReversals: _, ...add } = write.add
    return { ...write, add }
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
