import { expect, it } from 'vitest'
import { isRecountDue } from '#shared/domain/reporting/recount.ts'

const day = '2026-11-23'
const isDue = (countedUntil: string | undefined, now: string) =>
  isRecountDue(day, countedUntil, { now, everySeconds: 6 * 3600 })

it.each([
  ['that was never counted', undefined, '2026-11-24T00:05:00.000Z', true],
  ['that was not over when it was counted', '2026-11-23T23:59:59.999Z', '2026-11-24T00:00:00.000Z', true],
  ['that was counted less than the period ago', '2026-11-24T00:00:00.000Z', '2026-11-24T05:59:59.999Z', false],
  ['that was counted a period ago', '2026-11-24T00:00:00.000Z', '2026-11-24T06:00:00.000Z', true],
])('a past day %s is due or not', (_, countedUntil, now, expected) => {
  expect(isDue(countedUntil, now)).toBe(expected)
})
