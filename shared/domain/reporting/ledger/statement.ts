import * as z from 'zod'
import { instant, timeZone } from '../../vocabulary.ts'
import { account } from './account.ts'
import { currency, type EntryKind, ledgerEntry, statementMonth } from './ledger-entry.ts'

const totals = {
  charge: z.int(),
  credit: z.int(),
  payment: z.int(),
  adjustment: z.int(),
  payout: z.int(),
  reversal: z.int(),
} as const satisfies { [kind in EntryKind]: z.ZodType<number> }

/** An entry as its school or publisher sees it, who does not see which member of staff made it. */
export const statementLine = ledgerEntry.omit({ by: true }).meta({ id: 'StatementLine' })
export type StatementLine = z.output<typeof statementLine>

/** What a statement says before it has a place in the chain of its account. */
const statementContent = {
  account,
  name: z.string().optional(),
  month: statementMonth,
  timeZone,
  from: instant,
  to: instant.meta({ description: 'Exclusive.' }),
  currency: z.literal(currency),
  openingCents: z.int(),
  entries: z.array(statementLine),
  totals: z.object(totals).meta({ description: 'The sum of the entries of each kind.' }),
  closingCents: z.int(),
}

/** The account of one month: the opening balance, every entry, and the closing balance. */
export const statement = z
  .object({
    ...statementContent,
    closedAt: instant.optional().meta({ description: 'Since then it never changes. Absent: the month is still open.' }),
    previousHash: z.string().optional().meta({ description: 'The hash of the statement before.' }),
    hash: z.string().optional().meta({
      description:
        'SHA-256 of the JSON of the statement without this field, with the members of every object sorted by name.',
    }),
  })
  .meta({ id: 'Statement' })
export type MonthlyStatement = z.output<typeof statement>
export type ClosedStatement = MonthlyStatement & { closedAt: string; previousHash: string; hash: string }

/** A statement without its entries, as lists show it. */
export const statementHead = statement.omit({ entries: true }).meta({ id: 'StatementHead' })
export type StatementHead = z.output<typeof statementHead>

export const statementFault = z
  .object({
    month: statementMonth.optional(),
    fault: z.enum(['edited', 'out-of-order', 'not-recomputed', 'entry-twice', 'entry-missing', 'entry-not-listed']),
    entryId: z.string().optional(),
    detail: z.string(),
  })
  .meta({ id: 'StatementFault' })
export type StatementFault = z.output<typeof statementFault>
