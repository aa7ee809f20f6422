import type { AttentionCode } from './attention.ts'

/** What can be wrong with what a school buys. */
export type BuyerCode = Extract<
  AttentionCode,
  | 'endpoint-failing'
  | 'mailbox-closed'
  | 'leads-stopped'
  | 'cap-almost-used'
  | 'cap-used'
  | 'credit-almost-used'
  | 'credit-used'
>

const capAdvice = 'If the school bought no more than this, no action is needed. Otherwise, ask whether it wants more.'

/** What staff can do about it, in attention items, alerts and notifications. */
export const buyerAdvice: { readonly [code in BuyerCode]: string } = {
  'endpoint-failing': 'Deliveries are on hold and will be retried. Ask the school to check its webhook.',
  'mailbox-closed': 'Ask the school for a new address, and save it in the campaign.',
  'leads-stopped': 'Use Explain routing to see why. If the school wants no leads, pause it.',
  'cap-almost-used': capAdvice,
  'cap-used': capAdvice,
  'credit-almost-used': 'Ask the school to pay, and record the payment.',
  'credit-used': 'The school gets no leads. Ask it to pay, and record the payment.',
}
