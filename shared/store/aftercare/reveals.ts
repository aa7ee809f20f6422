import { type Reveal, reveal } from '../../domain/aftercare/reveal.ts'
import type { Engine } from '../engine/engine.ts'
import { leadKey, revealKey, type Table } from '../keys.ts'
import { toItem, toRowSchema } from '../rows.ts'

export type RevealNote = { leadId: string; revealId: string; reveal: Reveal }
export type RevealStore = ReturnType<typeof revealStore>

/** Notes of who looked at whose data. They lie with the lead, and go with it. */
export function revealStore(engine: Engine<Table>) {
  return {
    /** All of them or none. @throws where a lead is not there any more, or too much is going on. */
    async record(notes: readonly RevealNote[]): Promise<void> {
      for (let from = 0; from < notes.length; from += maxAtOnce) {
        const batch = notes.slice(from, from + maxAtOnce)
        const outcome = await engine.transact(
          batch.flatMap(({ leadId, revealId, reveal }) => [
            { in: 'leads', check: leadKey(leadId), when: { attribute: 'contact', is: 'present' } } as const,
            { in: 'leads', put: { ...revealKey(leadId, reveal.at, revealId), ...toItem(reveal) } } as const,
          ]),
        )
        if (!outcome.done) throw new Error('The reveals could not be noted, and nothing was shown.')
      }
    },
  }
}

/** Of the rows of a lead, those that say who looked at it, oldest first. */
export function parseReveals(rows: readonly { sk: string }[]): Reveal[] {
  return rows.filter(({ sk }) => sk.startsWith(revealPrefix)).map((row) => revealRow.parse(row))
}

// A transaction takes a hundred writes, and each reveal is two.
const maxAtOnce = 50
const revealPrefix = 'REVEAL#'
const revealRow = toRowSchema(reveal)
