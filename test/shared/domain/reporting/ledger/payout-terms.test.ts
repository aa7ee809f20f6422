import { describe, expect, it } from 'vitest'
import { computePayouts, payoutTerms } from '#shared/domain/reporting/ledger/payout-terms.ts'

const terms = (fields: object) => payoutTerms.parse({ amount: { kind: 'fixed', cents: 1000 }, ...fields })
const threeSales = [4500, 3333, 1001].map((priceCents, index) => ({ campaignId: `c${index}`, priceCents }))

describe('what a source earns with a lead', () => {
  it('is a fixed amount for the lead, whose parts add up to it exactly, however many schools get the lead', () => {
    for (const cents of [1, 2, 1000, 1001, 999])
      for (const count of [1, 2, 3, 5, 10]) {
        const sales = Array.from({ length: count }, (_, index) => ({ campaignId: `c${index}`, priceCents: 4500 }))
        const payouts = computePayouts(terms({ amount: { kind: 'fixed', cents } }), sales, { earlierCents: 0 })
        expect(payouts.reduce((sum, one) => sum + one, 0)).toBe(cents)
        expect(Math.max(...payouts) - Math.min(...payouts)).toBeLessThanOrEqual(1)
      }
  })

  it('counts what earlier deliveries of the lead earn as part of a fixed amount, and never takes anything away', () => {
    expect(computePayouts(terms({}), threeSales.slice(0, 1), { earlierCents: 334 })).toEqual([666])
    expect(computePayouts(terms({}), threeSales, { earlierCents: 1000 })).toEqual([0, 0, 0])
    expect(computePayouts(terms({}), threeSales, { earlierCents: 1200 })).toEqual([0, 0, 0])
  })

  it('is the amount for each school if the terms say so', () => {
    expect(computePayouts(terms({ per: 'school' }), threeSales, { earlierCents: 1000 })).toEqual([1000, 1000, 1000])
  })

  it('is a share of each price in whole cents', () => {
    const share = terms({ amount: { kind: 'share', percent: 60 } })
    expect(computePayouts(share, threeSales, { earlierCents: 999 })).toEqual([2700, 2000, 601])
  })

  it('follows the first exception whose campaign and sub ID match, and no other', () => {
    const withExceptions = terms({
      per: 'school',
      exceptions: [
        { campaignId: 'c1', subId: { name: 's1', value: 'mail' }, amount: { kind: 'fixed', cents: 1 } },
        { subId: { name: 's1', value: 'mail' }, amount: { kind: 'fixed', cents: 2 } },
        { campaignId: 'c2', amount: { kind: 'share', percent: 100 } },
      ],
    })
    const payouts = (subIds?: { [name: string]: string }) =>
      computePayouts(withExceptions, threeSales, { subIds, earlierCents: 0 })
    expect(payouts({ s1: 'mail' })).toEqual([2, 1, 2])
    expect(payouts({ s1: 'other' })).toEqual([1000, 1000, 1001])
    expect(payouts()).toEqual([1000, 1000, 1001])
  })
})
