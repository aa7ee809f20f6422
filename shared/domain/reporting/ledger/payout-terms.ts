import * as z from 'zod'
import { cents, recordId, singleLine } from '../../vocabulary.ts'
import { payByEnrollmentSentence } from '../pay-by-enrollment.ts'

const fixedAmount = z.strictObject({ kind: z.literal('fixed'), cents })
const shareOfPrice = z.strictObject({ kind: z.literal('share'), percent: z.int().min(0).max(100) })
const payoutAmount = z
  .discriminatedUnion('kind', [fixedAmount, shareOfPrice])
  .meta({ id: 'PayoutAmount', description: '`fixed`: an amount. `share`: percent of what each school pays.' })
export type PayoutAmount = z.output<typeof payoutAmount>

const payoutException = z.strictObject({
  campaignId: recordId.optional().meta({ description: 'Only for leads of this campaign.' }),
  subId: z
    .strictObject({ name: singleLine(64), value: singleLine(200) })
    .optional()
    .meta({ description: 'Only for leads with this value of this sub ID.' }),
  amount: payoutAmount,
})

/** What a source is paid for its leads. */
export const payoutTerms = z
  .strictObject({
    amount: payoutAmount,
    on: z
      .enum(['accepted', 'delivered'], {
        error: `must be accepted or delivered. Pay by outcome ${payByEnrollmentSentence}`,
      })
      .default('delivered')
      .meta({
        description:
          '`accepted`: for each school that is to get the lead, as soon as the lead is accepted. `delivered`: once the school has it.',
      }),
    per: z.enum(['lead', 'school']).default('lead').meta({
      description:
        'Of fixed amounts. `lead`: the amount is for the lead, and is divided among the schools that it goes to. `school`: for each of them.',
    }),
    exceptions: z.array(payoutException).max(100).default([]).meta({
      description: 'Other amounts for a campaign, a sub ID or both. The first that matches counts.',
    }),
  })
  .meta({
    id: 'PayoutTerms',
    description: 'What the source is paid for its leads. What was agreed when the lead was accepted stays.',
  })
export type PayoutTerms = z.output<typeof payoutTerms>

type Sale = { campaignId: string; priceCents: number }
type PaidLead = {
  subIds?: { [name: string]: string } | undefined
  /** What earlier deliveries of the lead earn or have earned. */
  earlierCents: number
}

/**
 * Returns what each of the sales of a lead earns its source, in whole cents. A fixed amount of the lead is divided so that the
 * parts add up to it exactly; what earlier deliveries of the lead earn is part of it.
 */
export function computePayouts(
  { on: _, per, exceptions, amount: usualAmount }: PayoutTerms,
  sales: readonly Sale[],
  { subIds = {}, earlierCents }: PaidLead,
): number[] {
  return sales.map(({ campaignId, priceCents }, index) => {
    const exception = exceptions.find(
      (one) =>
        (one.campaignId ?? campaignId) === campaignId &&
        (one.subId === undefined || subIds[one.subId.name] === one.subId.value),
    )
    const amount = exception?.amount ?? usualAmount
    if (amount.kind === 'share') return Math.round((priceCents * amount.percent) / 100)
    if (per === 'school') return amount.cents
    const leftCents = Math.max(0, amount.cents - earlierCents)
    return divide(leftCents * (index + 1), sales.length) - divide(leftCents * index, sales.length)
  })
}

function divide(cents: number, parts: number): number {
  return Math.floor(cents / parts)
}
