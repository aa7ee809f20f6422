/** How far a school's credit is used up, in the steps at which staff are alerted. */
export type CreditLevel = 0 | 80 | 100

/** Returns the highest step that the spent part of a credit has reached. */
export function findCreditLevel({ limitCents, usedCents }: { limitCents: number; usedCents: number }): CreditLevel {
  if (usedCents >= limitCents) return 100
  return usedCents >= limitCents * 0.8 ? 80 : 0
}
