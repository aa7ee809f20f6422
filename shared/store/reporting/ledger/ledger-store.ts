import { type Account, toAccountName } from '../../../domain/reporting/ledger/account.ts'
import { type LedgerEntry, toEntryId } from '../../../domain/reporting/ledger/ledger-entry.ts'
import type { Cursor, Engine, Key } from '../../engine/engine.ts'
import { ledgerPartition } from '../../index-keys.ts'
import { deliveryKey, ledgerEntryKey, returnKey, type Table } from '../../keys.ts'
import { toLedgerEntry } from './entry-rows.ts'

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
      const { items, next } = await engine.query({ in: 'leads', index: 'ledger', pk, sk, ...page })
      return { entries: items.map(toLedgerEntry), ...(next && { next }) }
    },

    /** Finds an entry of an account. The charge or credit of another school is not found. */
    async find(account: Account, entryId: string): Promise<LedgerEntry | undefined> {
      const row = await engine.get({ in: 'leads', key: toRowKey(account, entryId) })
      return row?.ledgerPk === ledgerPartition(toAccountName(account)) ? toLedgerEntry(row) : undefined
    },
  }
}
export type LedgerStore = ReturnType<typeof ledgerStore>

/** The first charge of a delivery is its own row, and its credit is its return. */
function toRowKey(account: Account, entryId: string): Key {
  const [causeId = ''] = entryId.split(':')
  if (entryId === toEntryId(causeId, 'charge')) return deliveryKey(causeId)
  if (entryId === toEntryId(causeId, 'credit')) return returnKey(causeId)
  return ledgerEntryKey(toAccountName(account), entryId)
}
