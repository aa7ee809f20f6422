import { stringify } from 'csv-stringify/sync'
import type { MonthlyStatement } from '../domain/reporting/ledger/statement.ts'

/** A statement as CSV by RFC 4180, with the balance after each entry. A value that a spreadsheet would run as a formula is escaped. */
export function toStatementCsv({ from, to, currency, openingCents, closingCents, entries }: MonthlyStatement): string {
  let balanceCents = openingCents
  const lines = entries.map(({ amountCents, ...entry }) => {
    balanceCents += amountCents
    return { ...entry, amountCents, balanceCents }
  })
  const rows = [
    { at: from, kind: 'opening', currency, balanceCents: openingCents },
    ...lines,
    { at: to, kind: 'closing', currency, balanceCents: closingCents },
  ]
  return stringify(rows, {
    // Excel reads UTF-8 only with a byte order mark.
    bom: true,
    header: true,
    columns,
    escape_formulas: true,
    cast: { number: String },
    record_delimiter: 'windows',
  })
}

const columns = [
  'at',
  'kind',
  'amountCents',
  'balanceCents',
  'currency',
  'entryId',
  'leadId',
  'deliveryId',
  'campaignId',
  'reverses',
  'corrects',
  'reason',
  'reference',
]
