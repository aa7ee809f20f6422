import * as z from 'zod'
import { generation } from '../../domain/catalog/generation.ts'
import { school } from '../../domain/catalog/school.ts'
import { account, accountKind } from '../../domain/reporting/ledger/account.ts'
import { currency, ledgerEntry, maxAmountCents, statementMonth } from '../../domain/reporting/ledger/ledger-entry.ts'
import { statementHead } from '../../domain/reporting/ledger/statement.ts'
import { instant, recordId, singleLine, timeZone } from '../../domain/vocabulary.ts'
import { cursorPage } from '../paging.ts'
import { defineRoute } from '../route.ts'
import { creditUsage } from '../routing/cap-usage.ts'

export const accountParams = z.object({
  accountKind: accountKind.meta({ description: '`schools` or `sources`.' }),
  accountId: recordId,
})
/** Absent: the record that has the ID now. */
export const accountQuery = {
  generation: z.coerce.number().pipe(generation.unwrap()).optional().meta({
    description: 'Which record of this ID, if it was deleted and created again. Defaults to the present one.',
  }),
}
const exampleParams = { accountKind: 'schools', accountId: 'lone-prairie-college' }

export const statementsDescription =
  'A month is closed a day after its end, and never changes then: a late correction is an entry of the open month that ' +
  'names the month it corrects. Each closed statement has the hash of the one before.'

/** What an account is worth now, and on which terms. */
export const accountSummary = z
  .object({
    account,
    name: z.string().optional().meta({ description: 'Absent once the school or source was deleted.' }),
    timeZone: timeZone.meta({ description: 'The time zone of its months.' }),
    currency: z.literal(currency),
    balanceCents: z.int().meta({
      description: 'Of a school: what it has left, or owes if below zero. Of a source: what it is to be paid.',
    }),
    billing: school.shape.billing.unwrap().optional(),
    credit: creditUsage.optional().meta({
      description: 'Of a school with a limit. `usedCents` is what it owes and what its leads on their way will cost.',
    }),
    lowBalanceCents: z.int().optional(),
    statements: z.array(statementHead).meta({
      description:
        'Of the open month and of the closed ones of the last ten years, latest first, without their entries.',
    }),
  })
  .meta({ id: 'AccountSummary' })

export const readAccount = defineRoute({
  name: 'readAccount',
  method: 'GET',
  path: '/v1/ops/accounts/{accountKind}/{accountId}',
  caller: 'operator',
  summary: 'Read the balance of a school or source, and which monthly statements it has',
  description: statementsDescription,
  params: accountParams,
  query: z.strictObject(accountQuery),
  responses: { 200: { description: 'The account now.', body: accountSummary } },
  problems: ['NOT_FOUND'],
  example: { params: exampleParams },
})

export const listLedgerEntries = defineRoute({
  name: 'listLedgerEntries',
  method: 'GET',
  path: '/v1/ops/accounts/{accountKind}/{accountId}/entries',
  caller: 'operator',
  summary: 'List the ledger entries of a school or source, latest first',
  params: accountParams,
  query: z.strictObject({
    ...accountQuery,
    from: instant.optional(),
    to: instant.optional().meta({ description: 'Exclusive.' }),
    cursor: z.string().max(4000).optional(),
    limit: z.coerce.number().int().min(1).max(500).default(100),
  }),
  responses: {
    200: { description: 'One page.', body: z.object({ entries: z.array(ledgerEntry), page: cursorPage }) },
  },
  problems: ['NOT_FOUND'],
  example: { params: exampleParams },
})

const amountCents = z.int().min(1, 'must be a positive number of cents').max(maxAmountCents)
const reason = singleLine(300)
const reference = ledgerEntry.shape.reference

/** What staff enter. */
export const newEntry = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('payment'),
      amountCents: amountCents.meta({ description: 'What a school paid, or what was paid to a source.' }),
      reference,
      reason: reason.optional(),
    }),
    z.strictObject({
      kind: z.literal('adjustment'),
      amountCents: z
        .int()
        .min(-maxAmountCents)
        .max(maxAmountCents)
        .refine((cents) => cents !== 0, 'must not be zero')
        .meta({ description: 'Positive: in favor of the school or source.' }),
      reason,
      reference,
      corrects: statementMonth.optional().meta({ description: 'The month that it corrects, if it corrects one.' }),
    }),
    z.strictObject({
      kind: z.literal('reversal'),
      entryId: z.string().min(1).max(200).meta({ description: 'A payment, an adjustment or a credit.' }),
      reason,
    }),
  ])
  .meta({ id: 'NewLedgerEntry' })
export type NewEntry = z.output<typeof newEntry>

export const addLedgerEntry = defineRoute({
  name: 'addLedgerEntry',
  method: 'POST',
  path: '/v1/ops/accounts/{accountKind}/{accountId}/entries',
  caller: 'operator',
  summary: 'Record a payment, an adjustment or a reversal',
  description:
    'Entries are never changed or deleted: a wrong one is reversed. An `Idempotency-Key` is required for payments and ' +
    'adjustments, so that a repeated request counts once. An entry is reversed at most once.',
  params: accountParams,
  headers: z.object({ 'idempotency-key': z.string().min(1).max(255).optional() }),
  body: newEntry,
  responses: {
    201: { description: 'Entered.', body: ledgerEntry },
    200: { description: 'Entered before; nothing changed.', body: ledgerEntry },
  },
  problems: ['NOT_FOUND', 'IDEMPOTENCY_KEY_REQUIRED', 'IDEMPOTENCY_KEY_REUSED', 'NOT_REVERSIBLE'],
  example: {
    params: exampleParams,
    headers: { 'idempotency-key': '5b6f0c0e-6d0c-4f6a-9d39-0d9a54b6e1f7' },
    body: { kind: 'payment', amountCents: 250_000, reference: 'Wire 20261129-17' },
  },
})
