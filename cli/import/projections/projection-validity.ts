import type { Fact } from '#shared/domain/catalog/fact.ts'

/** The Bureau publishes new projections each year, in September after the base year. */
export function buildProjectionValidity(base: number): Pick<Fact, 'asOf' | 'expiresAt'> {
  const autumn = (after: number) => `${base + after}-09-01T00:00:00.000Z`
  return { asOf: autumn(1), expiresAt: autumn(2) }
}
