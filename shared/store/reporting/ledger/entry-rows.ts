import * as z from 'zod'
import { type Account, type AccountKind, toAccountName } from '../../../domain/reporting/ledger/account.ts'
import { currency, type LedgerEntry, ledgerEntry, toEntryId } from '../../../domain/reporting/ledger/ledger-entry.ts'
import type { Item, Row, Write } from '../../engine/engine.ts'
import { ledgerIndexEntry, payoutIndexEntry } from '../../index-keys.ts'
import { deliveryKey, ledgerEntryKey, returnKey, type Table } from '../../keys.ts'
import { toItem } from '../../rows.ts'

/** An entry without the fields that follow from its row. */
export type NewLedgerEntry = Omit<LedgerEntry, 'currency'>

/** Writes an entry that is no row of something else. Entries are never changed, and an ID is used once. */
export function buildEntryWrite(
  account: Account,
  { entryId, at, ...fields }: NewLedgerEntry,
  more: Item = {},
): Write<Table> {
  const accountName = toAccountName(account)
  const buildIndexEntry = account.kind === 'sources' ? payoutIndexEntry : ledgerIndexEntry
  const keys = { ...ledgerEntryKey(accountName, entryId), ...buildIndexEntry(accountName, { at, entryId }) }
  return { in: 'leads', put: { ...keys, entry: toItem(fields), ...more }, when: { exists: false } }
}

/** Returns the entry that a row is in the ledger of a kind of account. @throws ZodError for a row that is none */
export function toLedgerEntry(accountKind: AccountKind, row: Row): LedgerEntry {
  const indexSk = z.string().parse(accountKind === 'sources' ? row.payoutSk : row.ledgerSk)
  const [at = '', entryId = ''] = splitOnce(indexSk, '#')
  const place = { entryId, at, currency } as const
  if (row.sk === deliveryKey('').sk) {
    if (accountKind === 'sources') {
      const { payoutCents, ...ids } = payoutRow.parse(row)
      return { ...place, kind: 'payout', amountCents: payoutCents, ...ids }
    }
    const { priceCents, ...ids } = chargeRow.parse(row)
    return { ...place, kind: 'charge', amountCents: -priceCents, ...ids }
  }
  if (row.sk === returnKey('').sk) {
    if (accountKind === 'sources') {
      const { chargebackCents, paidAt: originalAt, ...fields } = chargebackRow.parse(row)
      const reverses = toEntryId(fields.deliveryId, 'payout')
      return { ...place, kind: 'reversal', amountCents: -chargebackCents, reverses, originalAt, ...fields }
    }
    const { creditCents, ...fields } = creditRow.parse(row)
    return { ...place, kind: 'credit', amountCents: creditCents, ...fields }
  }
  return ledgerEntry.parse({ ...place, ...entryRow.parse(row).entry })
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator)
  return [text.slice(0, at), text.slice(at + separator.length)]
}

const ids = { deliveryId: z.string(), leadId: z.string(), campaignId: z.string() }
const chargeRow = z.object({ ...ids, priceCents: z.int() })
const payoutRow = z.object({ ...ids, payoutCents: z.int() })
const chargebackRow = z.object({ ...ids, chargebackCents: z.int(), reason: z.string(), paidAt: z.string() })
const creditRow = z.object({ ...ids, creditCents: z.int(), reason: z.string(), originalAt: z.string().optional() })
const entryRow = z.object({ entry: z.record(z.string(), z.json()) })
