import { expect, it } from 'vitest'
import { attemptTimes, findAttemptTimesFault } from '#shared/domain/delivery/attempt-times.ts'

it('has a default lease longer than the deadline plus 30 s', () => {
  expect(findAttemptTimesFault(attemptTimes)).toBeUndefined()
  expect(findAttemptTimesFault({ deadlineSeconds: 15, leaseSeconds: 46 })).toBeUndefined()
})

it.each([
  { deadlineSeconds: 15, leaseSeconds: 45 },
  { deadlineSeconds: 15, leaseSeconds: 10 },
  { deadlineSeconds: 60, leaseSeconds: 60 },
  { deadlineSeconds: 0, leaseSeconds: 60 },
])('refuses %j', (times) => {
  expect(findAttemptTimesFault(times)).toBeTypeOf('string')
})
