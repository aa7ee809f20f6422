import { type Reveal, reveal } from '../../domain/aftercare/reveal.ts'
import type { Engine, Write } from '../engine/engine.ts'
import { leadKey, revealKey, type Table } from '../keys.ts'
import { toItem, toRowSchema } from '../rows.ts'

export type RevealRecord = { leadId: string; revealId: string; reveal: Reveal }
export type RevealStore = ReturnType<typeof revealStore>

/** Records of who viewed contact details, in the partition of the lead. */
export function revealStore(engine: Engine<Table>) {
  return {
    /**
     * Stores the reveals, with the writes of `also` in the first transaction. `conflict`: a lead was erased or a write was
     * under way; then nothing may be shown.
     */
    async record(
      reveals: readonly RevealRecord[],
      also: readonly Write<Table>[] = [],
    ): Promise<'recorded' | 'conflict'> {
      for (let from = 0; from === 0 || from < reveals.length; from += maxRevealsPerTransaction) {
        const batch = reveals.slice(from, from + maxRevealsPerTransaction)
        const writes = batch.flatMap(({ leadId, revealId, reveal }) => [
          { in: 'leads', check: leadKey(leadId), when: { attribute: 'contact', is: 'present' } } as const,
          { in: 'leads', put: { ...revealKey(leadId, reveal.at, revealId), ...toItem(reveal) } } as const,
        ])
        const relatedWrites = from === 0 ? also : []
        if (writes.length + relatedWrites.length === 0) break
        const outcome = await engine.transact([...writes, ...relatedWrites])
        if (!outcome.done) return 'conflict'
      }
      return 'recorded'
    },
  }
}

/** Finds the reveals among the rows of a lead, oldest first. */
export function parseReveals(rows: readonly { sk: string }[]): Reveal[] {
  return rows.filter(({ sk }) => sk.startsWith(revealPrefix)).map((row) => revealRow.parse(row))
}

// A transaction has at most 100 writes; a reveal takes two, and audit entries need room.
const maxRevealsPerTransaction = 45
const revealPrefix = 'REVEAL#'
const revealRow = toRowSchema(reveal)
