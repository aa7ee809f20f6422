import type { School } from '../../catalog/school.ts'

type CreditTerms = Pick<School, 'billing' | 'creditCents'>

/** The most that a school may owe, in cents. Undefined: no limit. A prepaid school may owe nothing, unless staff say otherwise. */
export function getCreditLimit({ billing, creditCents }: CreditTerms): number | undefined {
  return creditCents ?? (billing === 'prepaid' ? 0 : undefined)
}

/** Whether the leads of a school count against its credit: it has a limit, or had one before. */
export function isCreditCounted(school: CreditTerms & Pick<School, 'creditCounted'>): boolean {
  return school.creditCounted === true || getCreditLimit(school) !== undefined
}

/** How far a school's credit is used up, in the steps at which staff are alerted: 80 is a low balance, 100 is none. */
export type CreditLevel = 0 | 80 | 100

/**
 * Returns the highest step that the used part of a credit has reached. The balance is low when at most `lowBalanceCents`
 * are left, by default a fifth of the limit.
 */
export function findCreditLevel({
  limitCents,
  usedCents,
  lowBalanceCents = limitCents * 0.2,
}: {
  limitCents: number
  usedCents: number
  lowBalanceCents?: number | undefined
}): CreditLevel {
  const leftCents = limitCents - usedCents
  if (leftCents <= 0) return 100
  return leftCents <= lowBalanceCents ? 80 : 0
}
