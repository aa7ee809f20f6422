import { computeChainHash, genesisHash } from '../chain-hash.ts'
import type { AuditEntry } from './audit-entry.ts'
import type { AuditFault, AuditHead, AuditSeal } from './audit-seal.ts'

/** SHA-256 of the canonical JSON of an entry with its place in the chain. */
export function computeSealHash(
  entry: AuditEntry,
  { sequence, sealedAt, previousHash }: Pick<AuditSeal, 'sequence' | 'sealedAt' | 'previousHash'>,
): string {
  return computeChainHash({ sequence, sealedAt, previousHash, entry })
}

/** Continues the chain of a day with entries, in this order. `head` is the last head of any day. */
export function extendChain(
  entries: readonly AuditEntry[],
  { head, day, sealedAt }: { head: AuditHead | undefined; day: string; sealedAt: string },
): { seals: AuditSeal[]; head: AuditHead } {
  const start = { sequence: head?.sequence ?? 0, hash: head?.hash ?? genesisHash }
  const seals: AuditSeal[] = []
  for (const entry of entries) {
    const { sequence, hash: previousHash } = seals.at(-1) ?? start
    const place = { sequence: sequence + 1, sealedAt, previousHash }
    seals.push({ ...place, entryId: entry.entryId, at: entry.at, hash: computeSealHash(entry, place) })
  }
  const { sequence, hash } = seals.at(-1) ?? start
  const dayStart =
    head?.day === day
      ? { firstSequence: head.firstSequence, previousHash: head.previousHash }
      : { firstSequence: start.sequence + 1, previousHash: start.hash }
  return { seals, head: { day, ...dayStart, sequence, hash } }
}

/** What a verifier reads of one day. `entries` are the rows that the seals name, by entry ID. */
export type SealedDay = {
  previousHead: AuditHead | undefined
  head: AuditHead | undefined
  seals: readonly AuditSeal[]
  entries: ReadonlyMap<string, AuditEntry>
}

/** Recomputes the chain of a day. Returns every entry that was edited, removed or moved, and a tail that is missing. */
export function verifyChain({ previousHead, head, seals, entries }: SealedDay): AuditFault[] {
  if (!head)
    return seals.length === 0 ? [] : [{ fault: 'truncated', detail: 'The day has sealed entries and no head.' }]
  const faults: AuditFault[] = []
  const start = { sequence: previousHead?.sequence ?? 0, hash: previousHead?.hash ?? genesisHash }
  if (head.previousHash !== start.hash || head.firstSequence !== start.sequence + 1)
    faults.push({
      fault: 'out-of-order',
      detail: 'The day does not continue the day before: entries between are missing.',
    })
  let expected = { sequence: head.firstSequence, previousHash: head.previousHash }
  for (const seal of seals) {
    const { entryId, sequence } = seal
    for (let missing = expected.sequence; missing < sequence; missing++)
      faults.push({ fault: 'deleted', sequence: missing, detail: 'The seal of this number is missing.' })
    if (sequence === expected.sequence && seal.previousHash !== expected.previousHash)
      faults.push({ fault: 'out-of-order', entryId, sequence, detail: 'The seal does not continue the one before.' })
    const entry = entries.get(entryId)
    if (!entry) faults.push({ fault: 'deleted', entryId, sequence, detail: 'The entry was sealed and is missing.' })
    else if (computeSealHash(entry, seal) !== seal.hash)
      faults.push({ fault: 'edited', entryId, sequence, detail: 'The entry is not what was sealed.' })
    expected = { sequence: sequence + 1, previousHash: seal.hash }
  }
  if (expected.sequence !== head.sequence + 1 || expected.previousHash !== head.hash)
    faults.push({
      fault: 'truncated',
      sequence: head.sequence,
      detail: `The chain ends at ${expected.sequence - 1} and its head says ${head.sequence}.`,
    })
  return faults
}
