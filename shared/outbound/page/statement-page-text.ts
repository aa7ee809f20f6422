import type { EntryKind } from '../../domain/reporting/ledger/ledger-entry.ts'

/** The text of a printed statement, for schools and publishers. */
export const statementPageText = {
  title: (name: string, month: string) => `Statement for ${month}: ${name}`,
  open: 'This month is still open. Entries may be added.',
  period: (from: string, to: string, timeZone: string) => `From ${from} to ${to} (${timeZone})`,
  opening: 'Opening balance',
  closing: 'Closing balance',
  columns: { at: 'Date', what: 'Entry', reference: 'Reference', amount: 'Amount', balance: 'Balance' },
  totals: 'Totals',
  corrects: (month: string) => `corrects ${month}`,
  proof: (hash: string) => `This statement is closed. Its hash is ${hash}.`,
  kinds: {
    charge: 'Lead',
    credit: 'Credit for a returned lead',
    payment: 'Payment',
    adjustment: 'Adjustment',
    payout: 'Payout',
    reversal: 'Reversal',
  },
} as const satisfies { kinds: { [kind in EntryKind]: string }; [name: string]: unknown }
