import * as z from 'zod'
import { actor } from '../../access/actor.ts'
import { instant, recordId, singleLine } from '../../vocabulary.ts'

/** The currency of every price and every entry (ISO 4217). */
export const currency = 'USD'

/** A month of an account, in its time zone: `2026-11`. */
export const statementMonth = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'must be a month, such as 2026-11')
  .meta({ id: 'StatementMonth', example: '2026-11' })

export const entryKind = z
  .enum(['charge', 'credit', 'payment', 'adjustment', 'payout', 'reversal'])
  .meta({ id: 'LedgerEntryKind' })
export type EntryKind = z.output<typeof entryKind>

/** At most a billion cents, as prices are: a slip of the keyboard is refused, and sums stay exact. */
export const maxAmountCents = 1_000_000_000

/**
 * What changes the balance of an account, once and for ever. The amount is seen from the account: what the school or
 * source gets is positive, what it owes is negative. So the balance of a school is what it has left, or owes if it is
 * below zero, and that of a source is what it is still to be paid.
 */
export const ledgerEntry = z
  .object({
    entryId: z.string().meta({
      description:
        'Follows from the cause, so that nothing counts twice: that of a delivery ends in `:charge`, of its return in `:credit`.',
      example: 'dlv_4fJ0q2mXbW7cT1nZ8yKd5A:charge',
    }),
    kind: entryKind.meta({
      description:
        '`charge`: a lead that the school received. `credit`: a return that was accepted. `payment`: money that the school ' +
        'paid, or that was paid to the source. `adjustment`: by staff, with a reason. `payout`: what the source earned with ' +
        'a lead. `reversal`: takes back another entry; of a source also the payout of a lead that was returned.',
    }),
    at: instant,
    amountCents: z.int().meta({ description: 'Positive: in favor of the school or source.' }),
    currency: z.literal(currency),
    deliveryId: z.string().optional(),
    leadId: z.string().optional(),
    campaignId: recordId.optional(),
    reverses: z.string().optional().meta({ description: 'The entry that a reversal takes back.' }),
    originalAt: instant
      .optional()
      .meta({ description: 'When that which a credit or reversal takes back was entered.' }),
    corrects: statementMonth
      .optional()
      .meta({ description: 'The earlier month that it corrects, if it corrects one.' }),
    reason: singleLine(300)
      .optional()
      .meta({ description: 'Why staff made it; of a credit, the reason of the return.' }),
    reference: singleLine(100).optional().meta({ description: 'Such as the number of the bank transfer.' }),
    by: actor.optional().meta({ description: 'Who made it, unless a delivery did.' }),
  })
  .meta({ id: 'LedgerEntry' })
export type LedgerEntry = z.output<typeof ledgerEntry>

/** Returns the ID of the entry that a delivery, a lead or another entry causes. `number`: from the second on. */
export function toEntryId(
  causeId: string,
  kind: 'charge' | 'credit' | 'payout' | 'chargeback' | 'bounced' | 'unpaid' | 'reversed',
  number = 1,
) {
  return number === 1 ? `${causeId}:${kind}` : `${causeId}:${kind}:${number}`
}

/** Sums are of whole cents, so their order does not matter. */
export function sumCents(entries: readonly Pick<LedgerEntry, 'amountCents'>[]): number {
  return entries.reduce((total, { amountCents }) => total + amountCents, 0)
}

type SoldDelivery = {
  priceCents: number
  test: boolean
  erases?: string | undefined
  withdraws?: string | undefined
}

/** Whether a school pays for a delivery once it has it: test leads, notices and leads without a price are free. */
export function isBillable({ priceCents, test, erases, withdraws }: SoldDelivery): boolean {
  return priceCents > 0 && !test && erases === undefined && withdraws === undefined
}
