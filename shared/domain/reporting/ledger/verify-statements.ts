import { computeChainHash, genesisHash } from '../../chain-hash.ts'
import { buildStatement, closeStatement } from './build-statement.ts'
import type { LedgerEntry } from './ledger-entry.ts'
import type { ClosedStatement, StatementFault } from './statement.ts'

/**
 * Recomputes every closed statement of an account from its ledger entries, oldest first, and compares it byte for byte
 * with what was stored. `entries`: all of the account, in any order.
 */
export function verifyStatements(
  statements: readonly ClosedStatement[],
  entries: readonly LedgerEntry[],
): StatementFault[] {
  const faults: StatementFault[] = []
  const stored = new Map(entries.map((entry) => [entry.entryId, entry]))
  const listed = new Set<string>()
  let previous: Pick<ClosedStatement, 'hash' | 'to' | 'closingCents'> | undefined
  for (const statement of statements) {
    const { month, hash, previousHash, from, openingCents } = statement
    const { hash: _hash, ...content } = statement
    if (computeChainHash(content) !== hash)
      faults.push({ month, fault: 'edited', detail: 'The statement is not what was closed.' })
    const continues =
      previousHash === (previous?.hash ?? genesisHash) &&
      openingCents === (previous?.closingCents ?? 0) &&
      (previous === undefined || from === previous.to)
    if (!continues)
      faults.push({ month, fault: 'out-of-order', detail: 'The statement does not continue the one before.' })
    const lines = statement.entries.flatMap(({ entryId }) => stored.get(entryId) ?? [])
    for (const { entryId } of statement.entries) {
      if (!stored.has(entryId))
        faults.push({ month, fault: 'entry-missing', entryId, detail: 'The ledger has no such entry.' })
      if (listed.has(entryId))
        faults.push({ month, fault: 'entry-twice', entryId, detail: 'An earlier line has this entry.' })
      listed.add(entryId)
    }
    const recomputed = closeStatement(buildStatement({ ...statement, period: statement, entries: lines }), statement)
    if (recomputed.hash !== hash)
      faults.push({
        month,
        fault: 'not-recomputed',
        detail: 'The entries give another statement than the one that was closed.',
      })
    previous = statement
  }
  const closedUntil = previous?.to ?? ''
  for (const { entryId, at } of entries)
    if (at < closedUntil && !listed.has(entryId))
      faults.push({
        fault: 'entry-not-listed',
        entryId,
        detail: 'The entry is of a closed month and on no statement. It is entered in the open month if it is late.',
      })
  return faults
}
