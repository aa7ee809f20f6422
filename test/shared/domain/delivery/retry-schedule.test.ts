import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { computeNextAttempt, retryDelays } from '#shared/domain/delivery/retry-schedule.ts'
import { someInstant } from '#test/builders/lead.ts'

const minute = 60
const hour = 60 * minute

it('retries after 5 s, 30 s, 2, 10 and 30 min, 1, 3, 6 and 12 h, then 5 times after 24 h, then never', () => {
  const delays = Array.from({ length: 20 }, (_, at) => computeDelaySeconds(at + 1, 0.5)).filter(
    (delay) => delay !== undefined,
  )

  expect(delays).toEqual([
    5,
    30,
    2 * minute,
    10 * minute,
    30 * minute,
    hour,
    3 * hour,
    6 * hour,
    12 * hour,
    ...Array<number>(5).fill(24 * hour),
  ])
})

it('spreads each delay by at most 20 %', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: retryDelays.length }),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (attempts, randomFraction) => {
        const delay = retryDelays[attempts - 1] ?? 0
        // Allows a millisecond for rounding.
        expect(computeDelaySeconds(attempts, randomFraction)).toBeGreaterThanOrEqual(delay * 0.8 - 0.001)
        expect(computeDelaySeconds(attempts, randomFraction)).toBeLessThanOrEqual(delay * 1.2 + 0.001)
      },
    ),
    { numRuns: 200 },
  )
  expect(computeDelaySeconds(2, 0)).toBe(24)
  expect(computeDelaySeconds(2, 0.999_999)).toBeCloseTo(36, 2)
})

function computeDelaySeconds(attempts: number, randomFraction: number): number | undefined {
  const next = computeNextAttempt(attempts, someInstant, randomFraction)
  return next === undefined ? undefined : (Date.parse(next) - Date.parse(someInstant)) / 1000
}
