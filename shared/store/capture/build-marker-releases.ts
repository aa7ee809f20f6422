import type { Engine, Write } from '../engine/engine.ts'
import { dedupeMarkerKey, type Table } from '../keys.ts'

/** The HMACs of a person in the dedupe scope of a school or source. */
type MarkedPerson = { scope: string; personDigests: readonly string[] }

/**
 * Returns the writes that delete the dedupe markers of a lead in a scope: part of the transaction after which a further
 * lead of its person is no duplicate there. Markers of other leads stay.
 */
export async function buildMarkerReleases(
  engine: Engine<Table>,
  leadId: string,
  { scope, personDigests }: MarkedPerson,
): Promise<Write<Table>[]> {
  const keys = personDigests.map((digest) => dedupeMarkerKey(scope, digest))
  const markers = await Promise.all(keys.map((key) => engine.get({ in: 'leads', key })))
  const ifOwn = { attribute: 'leadId', is: 'equal', value: leadId } as const
  return keys.flatMap((key, index) =>
    markers[index]?.leadId === leadId ? [{ in: 'leads', delete: key, when: ifOwn } as const] : [],
  )
}
