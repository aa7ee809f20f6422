import * as z from 'zod'
import { type Candidate, candidate, everywhere, mergeCandidates } from '../../domain/routing/candidate.ts'
import type { Counters, Reservation } from '../../domain/routing/caps.ts'
import type { DedupeMarker } from '../../domain/routing/duplicates.ts'
import { findHeldScopes } from '../capture/dedupe-markers.ts'
import { listOpenIntents, type PublishIntent } from '../catalog/publish-intents.ts'
import { recordStore } from '../catalog/record-store.ts'
import { deepFreeze } from '../engine/deep-freeze.ts'
import type { Engine, Row } from '../engine/engine.ts'
import { candidateKey, counterKey, type Table } from '../keys.ts'
import { unpack } from '../packed.ts'
import { queryAll } from '../query-all.ts'
import { overlayRecords } from './overlay-records.ts'

/** Reads the inputs of a decision: the candidates and their counters. */
export function routingStore(engine: Engine<Table>) {
  const records = recordStore(engine)
  const readCandidates = async (
    careerSlug: string,
    state: string,
    intents: readonly PublishIntent[],
  ): Promise<Candidate[]> => {
    const { pk } = candidateKey(careerSlug, state, '')
    const rows = await queryAll(engine, { in: 'catalog', pk, limit: maxCandidates })
    const candidates = rows.map(parseCandidate)
    return intents.length === 0 ? candidates : overlayRecords({ careerSlug, state, candidates }, intents, records)
  }

  return {
    /**
     * Returns the candidates of a career and state: two queries, for campaigns of the state and of all states. A third
     * one is made before them: of the records that are being published, which are normally none. Because it comes first,
     * a record whose intent it does not find has its candidates composed, whichever process publishes it.
     */
    async candidates(careerSlug: string, state: string): Promise<Candidate[]> {
      const intents = await listOpenIntents(engine)
      return mergeOnce(
        `${careerSlug}#${state}`,
        await Promise.all([
          readCandidates(careerSlug, state, intents),
          readCandidates(careerSlug, everywhere, intents),
        ]),
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

    /** Returns the scopes in which another lead holds one of these markers at an instant. */
    findHeldScopes: (markers: readonly Pick<DedupeMarker, 'scope' | 'digest'>[], at: string): Promise<string[]> =>
      findHeldScopes(engine, markers, at),
  }
}

const maxCandidates = 500

/**
 * Merges candidates, or returns what was merged from the same ones: one frozen list for many leads, so that what is derived
 * from it, such as its compressed form, can be kept with it.
 */
function mergeOnce(name: string, lists: readonly Candidate[][]): Candidate[] {
  const parts = lists.flat()
  const previous = mergedCandidates.get(name)
  if (previous?.parts.length === parts.length && parts.every((part, index) => part === previous.parts[index]))
    return previous.merged
  const merged = mergeCandidates(...lists)
  if (!parts.every((part) => Object.isFrozen(part))) return merged
  if (mergedCandidates.size >= maxMergedLists) mergedCandidates.clear()
  mergedCandidates.set(name, { parts, merged: deepFreeze(merged) })
  return merged
}

const mergedCandidates = new Map<string, { parts: readonly Candidate[]; merged: Candidate[] }>()
const maxMergedLists = 200

/**
 * Parses a candidate, or returns the one that was parsed from the same text. A match reads a dozen candidates that change
 * only when a record does, and their validation is a fifth of its time. The result is frozen because matches share it.
 */
function parseCandidate(row: Row): Candidate {
  const { json } = row
  if (typeof json !== 'string') return candidate.parse(unpack(row))
  const cachedCandidate = parsedCandidates.get(json)
  if (cachedCandidate) return cachedCandidate
  const parsed = deepFreeze(candidate.parse(unpack(row)))
  // An edited candidate has another text, so the old ones go when there are too many.
  if (parsedCandidates.size >= maxParsedCandidates) parsedCandidates.clear()
  parsedCandidates.set(json, parsed)
  return parsed
}

const parsedCandidates = new Map<string, Candidate>()
/** More than one decision has, because a decision on more would parse all of them each time. */
const maxParsedCandidates = 10_000

const counterRow = z.object({ used: z.number() })
