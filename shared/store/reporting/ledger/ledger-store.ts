import { type Account, toAccountName } from '../../../domain/reporting/ledger/account.ts'
import { type LedgerEntry, toEntryId } from '../../../domain/reporting/ledger/ledger-entry.ts'
import { creditCounter } from '../../../domain/routing/caps.ts'
import type { Cursor, Engine, Key, Write } from '../../engine/engine.ts'
import { ledgerPartition } from '../../index-keys.ts'
import { counterKey, deliveryKey, ledgerEntryKey, returnKey, type Table } from '../../keys.ts'
import { buildEntryWrite, type NewLedgerEntry, toLedgerEntry } from './entry-rows.ts'

/** `from` is inclusive, `to` is exclusive. */
export type LedgerSpan = { from?: string | undefined; to?: string | undefined }

/** The entries of accounts. They are only ever added; what adds one is in the transaction of its cause. */
export function ledgerStore(engine: Engine<Table>) {
  return {
    /** The entries of an account by time. An index, so on DynamoDB the last ones may be missing for a moment. */
    async list(
      account: Account,
      { from, to, ...page }: LedgerSpan & { limit: number; after?: Cursor; order?: 'ascending' | 'descending' },
    ) {
      const sk = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) }
      const pk = ledgerPartition(toAccountName(account))
      const { items, next } = await engine.query({ in: 'leads', index: ledgerIndexes[account.kind], pk, sk, ...page })
      return { entries: items.map((row) => toLedgerEntry(account.kind, row)), ...(next && { next }) }
    },

    /**
     * Adds an entry with the writes of `also`, unless its ID was used before. An entry of a school also changes what it has
     * used of its credit. `bodyDigest`: of the request, so that another request with the same ID can be told apart.
     */
    async add(
      account: Account,
      newEntry: NewLedgerEntry,
      { bodyDigest, also }: { bodyDigest: string; also: readonly Write<Table>[] },
    ) {
      const entryWrite = buildEntryWrite(account, newEntry, { bodyDigest })
      const outcome = await engine.transact([entryWrite, ...buildCreditWrites(account, newEntry), ...also])
      const key = ledgerEntryKey(toAccountName(account), newEntry.entryId)
      if (!outcome.done && outcome.refused[0] !== 'condition') return 'conflict'
      const row = await engine.get({ in: 'leads', key })
      if (!row) return 'conflict'
      const entry = toLedgerEntry(account.kind, row)
      return outcome.done
        ? ({ kind: 'added', entry } as const)
        : ({ kind: 'already-added', entry, bodyDigest: row.bodyDigest } as const)
    },

    /** Finds an entry of an account. The charge or credit of another school is not found. */
    async find(account: Account, entryId: string): Promise<LedgerEntry | undefined> {
      const row = await engine.get({ in: 'leads', key: toRowKey(account, entryId) })
      const partition = account.kind === 'sources' ? row?.payoutPk : row?.ledgerPk
      return row && partition === ledgerPartition(toAccountName(account)) ? toLedgerEntry(account.kind, row) : undefined
    },
  }
}
export type LedgerStore = ReturnType<typeof ledgerStore>

const ledgerIndexes = { schools: 'ledger', sources: 'payouts' } as const

/** What is in favor of a school can be spent again. Leads change the counter when they are reserved and released. */
function buildCreditWrites(account: Account, { amountCents }: NewLedgerEntry): Write<Table>[] {
  if (account.kind !== 'schools') return []
  return [{ in: 'leads', change: counterKey(toAccountName(account), creditCounter), add: { used: -amountCents } }]
}

/** The first charge and payout of a delivery are its own row, and its credit and chargeback are its return. */
function toRowKey(account: Account, entryId: string): Key {
  const [causeId = ''] = entryId.split(':')
  const [saleKind, returnKind] =
    account.kind === 'sources' ? (['payout', 'chargeback'] as const) : (['charge', 'credit'] as const)
  if (entryId === toEntryId(causeId, saleKind)) return deliveryKey(causeId)
  if (entryId === toEntryId(causeId, returnKind)) return returnKey(causeId)
  return ledgerEntryKey(toAccountName(account), entryId)
}
