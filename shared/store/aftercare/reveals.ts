import { type Reveal, reveal } from '../../domain/aftercare/reveal.ts'
import type { Engine } from '../engine/engine.ts'
import { leadKey, revealKey, type Table } from '../keys.ts'
import { plain, rowOf } from '../rows.ts'

export type Revealed = { leadId: string; revealId: string; reveal: Reveal }
export type RevealStore = ReturnType<typeof revealStore>

/** Notes of who looked at whose data. They lie with the lead, and go with it. */
export function revealStore(engine: Engine<Table>) {
  return {
    /** All of them or none. @throws where a lead is not there any more, or too much is going on. */
    async note(revealed: readonly Revealed[]): Promise<void> {
      for (let from = 0; from < revealed.length; from += mostAtOnce) {
        const some = revealed.slice(from, from + mostAtOnce)
        const outcome = await engine.transact(
          some.flatMap(({ leadId, revealId, reveal }) => [
            { in: 'leads', check: leadKey(leadId), when: { attribute: 'contact', is: 'present' } } as const,
            { in: 'leads', put: { ...revealKey(leadId, reveal.at, revealId), ...plain(reveal) } } as const,
          ]),
        )
        if (!outcome.done) throw new Error('The reveals could not be noted, and nothing was shown.')
      }
    },
  }
}

/** Of the rows of a lead, those that say who looked at it, oldest first. */
export function revealsIn(rows: readonly { sk: string }[]): Reveal[] {
  return rows.filter(({ sk }) => sk.startsWith(revealPrefix)).map((row) => revealRow.parse(row))
}

// A transaction takes a hundred writes, and each reveal is two.
const mostAtOnce = 50
const revealPrefix = 'REVEAL#'
const revealRow = rowOf(reveal)
