import { describe, expect, it } from 'vitest'
import type { Decision, Verdict } from '#shared/domain/routing/decision.ts'
import { findNextOfferTime, offerDays } from '#shared/domain/routing/offer.ts'

const receivedAt = '2026-11-23T15:00:00.000Z'
const tomorrow = '2026-11-24T15:00:00.000Z'
const evening = '2026-11-23T20:00:00.000Z'
const nextMonth = '2026-12-01T06:00:00.000Z'

describe('an unsold lead', () => {
  it('is offered again a day later', () => {
    expect(findOfferTime({})).toBe(tomorrow)
    expect(findOfferTime({ verdicts: [{ reason: 'STATE' }] })).toBe(tomorrow)
  })

  it('is offered sooner if a reason ends sooner, parked or not', () => {
    expect(findOfferTime({ verdicts: [{ reason: 'CAP_HOUR', until: evening }] })).toBe(evening)
    expect(findOfferTime({ verdicts: [{ until: nextMonth }, { until: evening, parked: true }] })).toBe(evening)
    expect(findOfferTime({ verdicts: [{ until: nextMonth, parked: true }] })).toBe(tomorrow)
  })

  it('is offered every day until the visitor no longer expects a call', () => {
    const daysAfterReceipt = (days: number) => new Date(Date.parse(receivedAt) + days * 86_400_000).toISOString()
    expect(findOfferTime({ decidedAt: daysAfterReceipt(offerDays - 2) })).toBe(daysAfterReceipt(offerDays - 1))
    expect(findOfferTime({ decidedAt: daysAfterReceipt(offerDays - 1) })).toBeUndefined()
    expect(
      findOfferTime({
        decidedAt: daysAfterReceipt(offerDays - 1),
        verdicts: [{ until: daysAfterReceipt(offerDays - 0.5) }],
      }),
    ).toBe(daysAfterReceipt(offerDays - 0.5))
  })

  it('is not offered again if it is a duplicate of its source', () => {
    expect(findOfferTime({ verdicts: [{ reason: 'STATE' }, { reason: 'DUPLICATE' }] })).toBeUndefined()
    expect(findOfferTime({ verdicts: [{ reason: 'DUPLICATE_SCHOOL' }] })).toBe(tomorrow)
  })
})

describe('a sold lead', () => {
  it('is offered again only if it is parked for another campaign', () => {
    expect(findOfferTime({ buyerCount: 1 })).toBeUndefined()
    expect(findOfferTime({ buyerCount: 1, verdicts: [{ reason: 'CAP_DAY', until: evening }] })).toBeUndefined()
    expect(findOfferTime({ buyerCount: 1, verdicts: [{ reason: 'CAP_DAY', until: evening, parked: true }] })).toBe(
      evening,
    )
    expect(findOfferTime({ buyerCount: 1, verdicts: [{ until: nextMonth, parked: true }] })).toBe(nextMonth)
  })

  it('is not offered if the source allows no more schools', () => {
    const verdicts = [{ until: evening, parked: true }]
    expect(findOfferTime({ buyerCount: 2, maxSales: 2, verdicts })).toBeUndefined()
    expect(findOfferTime({ buyerCount: 2, maxSales: 3, verdicts })).toBe(evening)
  })

  it('is not offered if the consent named no other school', () => {
    expect(findOfferTime({ namedSchoolCount: 0 })).toBeUndefined()
    expect(
      findOfferTime({
        buyerCount: 1,
        namedSchoolCount: 1,
        verdicts: [{ until: '2026-11-24T06:00:00.000Z', parked: true }],
      }),
    ).toBeUndefined()
  })

  it('is not offered after the last offer day', () => {
    expect(
      findOfferTime({ buyerCount: 1, verdicts: [{ until: '2027-01-01T06:00:00.000Z', parked: true }] }),
    ).toBeUndefined()
  })
})

type OfferInput = {
  buyerCount?: number
  maxSales?: number
  namedSchoolCount?: number
  decidedAt?: string
  verdicts?: Partial<Verdict>[]
}
function findOfferTime({
  buyerCount = 0,
  maxSales = 5,
  namedSchoolCount = 5,
  decidedAt = receivedAt,
  verdicts = [],
}: OfferInput) {
  const fullVerdicts = verdicts.map((one) => ({ campaignId: 'campaign', schoolId: 'school', selected: false, ...one }))
  const decision: Decision = { rulesVersion: 'any', decidedAt, seed: 'lead', verdicts: fullVerdicts }
  return findNextOfferTime({ decision, receivedAt, buyerCount, maxSales, namedSchoolCount })
}
