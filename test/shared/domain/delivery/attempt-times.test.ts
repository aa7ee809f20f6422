import { expect, it } from 'vitest'
import { attemptTimes, findAttemptTimesFault } from '#shared/domain/delivery/attempt-times.ts'

it('a lease is longer than an attempt may take, and 30 s more', () => {
  expect(findAttemptTimesFault(attemptTimes)).toBeUndefined()
  expect(findAttemptTimesFault({ deadlineSeconds: 15, leaseSeconds: 46 })).toBeUndefined()
})

it.each([
  { deadlineSeconds: 15, leaseSeconds: 45 },
  { deadlineSeconds: 15, leaseSeconds: 10 },
  { deadlineSeconds: 60, leaseSeconds: 60 },
  { deadlineSeconds: 0, leaseSeconds: 60 },
])('%j is refused', (times) => {
  expect(findAttemptTimesFault(times)).toBeTypeOf('string')
})
