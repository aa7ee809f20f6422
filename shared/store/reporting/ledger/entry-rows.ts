import * as z from 'zod'
import { type Account, toAccountName } from '../../../domain/reporting/ledger/account.ts'
import { currency, type LedgerEntry, ledgerEntry } from '../../../domain/reporting/ledger/ledger-entry.ts'
import type { Item, Row, Write } from '../../engine/engine.ts'
import { ledgerIndexEntry } from '../../index-keys.ts'
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
  const keys = { ...ledgerEntryKey(accountName, entryId), ...ledgerIndexEntry(accountName, { at, entryId }) }
  return { in: 'leads', put: { ...keys, entry: toItem(fields), ...more }, when: { exists: false } }
}

/** Returns the entry that a row of the ledger index is. @throws ZodError for a row that is none */
export function toLedgerEntry(row: Row): LedgerEntry {
  const { ledgerSk } = indexedRow.parse(row)
  const [at = '', entryId = ''] = splitOnce(ledgerSk, '#')
  const place = { entryId, at, currency } as const
  if (row.sk === deliveryKey('').sk) {
    const { priceCents, ...ids } = chargeRow.parse(row)
    return { ...place, kind: 'charge', amountCents: -priceCents, ...ids }
  }
  if (row.sk === returnKey('').sk) {
    const { creditCents, ...fields } = creditRow.parse(row)
    return { ...place, kind: 'credit', amountCents: creditCents, ...fields }
  }
  return ledgerEntry.parse({ ...place, ...entryRow.parse(row).entry })
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator)
  return [text.slice(0, at), text.slice(at + separator.length)]
}

const indexedRow = z.object({ ledgerSk: z.string() })
const ids = { deliveryId: z.string(), leadId: z.string(), campaignId: z.string() }
const chargeRow = z.object({ ...ids, priceCents: z.int() })
const creditRow = z.object({ ...ids, creditCents: z.int(), reason: z.string(), originalAt: z.string().optional() })
const entryRow = z.object({ entry: z.record(z.string(), z.json()) })
