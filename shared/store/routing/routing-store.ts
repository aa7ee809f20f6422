import * as z from 'zod'
import { type Candidate, candidate, everywhere, mergeCandidates } from '../../domain/routing/candidate.ts'
import type { Counters, Reservation } from '../../domain/routing/caps.ts'
import type { Engine } from '../engine/engine.ts'
import { candidateKey, counterKey, type Table } from '../keys.ts'
import { unpack } from '../packed.ts'
import { queryAll } from '../query-all.ts'

/** Reads the inputs of a decision: the candidates and their counters. */
export function routingStore(engine: Engine<Table>) {
  const readCandidates = async (careerSlug: string, state: string): Promise<Candidate[]> => {
    const { pk } = candidateKey(careerSlug, state, '')
    const rows = await queryAll(engine, { in: 'catalog', pk, limit: maxCandidates })
    return rows.map((row) => candidate.parse(unpack(row)))
  }

  return {
    /** Returns the candidates of a career and state. Always two queries: campaigns of the state and of all states. */
    async candidates(careerSlug: string, state: string): Promise<Candidate[]> {
      return mergeCandidates(
        ...(await Promise.all([readCandidates(careerSlug, state), readCandidates(careerSlug, everywhere)])),
      )
    },

    /** Returns the values of these counters, with one lookup for each. */
    async counters(counterRefs: readonly Pick<Reservation, 'owner' | 'counter'>[]): Promise<Counters> {
      const counters: Counters = {}
      await Promise.all(
        counterRefs.map(async ({ owner, counter }) => {
          const row = await engine.get({ in: 'leads', key: counterKey(owner, counter) })
          counters[owner] = { ...counters[owner], [counter]: row ? counterRow.parse(row).used : 0 }
        }),
      )
      return counters
    },
  }
}

const maxCandidates = 500
const counterRow = z.object({ used: z.number() })
