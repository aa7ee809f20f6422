import { describe, expect, it } from 'vitest'
import type { Finding, Tried } from '#shared/domain/delivery/attempt-outcome.ts'
import { heldUntil, mostFailures, type Pace, paceAfter, pauses, steady } from '#shared/domain/delivery/pace.ts'
import { secondsAfter } from '#shared/domain/delivery/retry-schedule.ts'
import { someInstant } from '#test/builders/lead.ts'

const broken: [Tried, Finding] = [{ kind: 'webhook', stage: 'deadline' }, 'failed']
const slow: [Tried, Finding] = [{ kind: 'webhook', stage: 'answered', status: 429 }, 'slow']
const well: [Tried, Finding] = [{ kind: 'webhook', stage: 'answered', status: 204 }, 'taken']
const next = (pace: Pace, [tried, finding]: [Tried, Finding]) => paceAfter(pace, tried, finding, someInstant)

describe('the line to a school', () => {
  it('closes with the fifth breakdown in a row, each time for longer', () => {
    let pace = steady
    const closedFor: number[] = []
    for (let turn = 0; turn < mostFailures + pauses.length + 1; turn++) {
      pace = next(pace, broken)
      closedFor.push(pace.opensAt ? (Date.parse(pace.opensAt) - Date.parse(someInstant)) / 1000 : 0)
    }
    expect(closedFor).toEqual([0, 0, 0, 0, ...pauses, pauses.at(-1), pauses.at(-1)])
  })

  it('closes at once where the school asks for patience, for as long as it asks', () => {
    expect(next(steady, slow).opensAt).toBe(secondsAfter(someInstant, 30))
    expect(next(steady, [{ ...slow[0], retryAfter: '900' }, 'slow']).opensAt).toBe(secondsAfter(someInstant, 900))
  })

  it.each([
    well,
    [{ kind: 'webhook', stage: 'answered', status: 400 }, 'failed'],
    [{ kind: 'webhook', stage: 'answered', status: 200 }, 'rejected'],
  ] as [Tried, Finding][])('is steady again as soon as the school answers: %j', (...answer) => {
    expect(next({ failures: 9, opensAt: someInstant }, answer)).toEqual(steady)
  })

  it.each([
    [{ kind: 'email', stage: 'sent' }, 'taken'],
    [{ kind: 'webhook', stage: 'resolve' }, 'ours'],
    [{ kind: 'webhook', stage: 'answered', status: 410 }, 'gone'],
  ] as [Tried, Finding][])('is as it was after what says nothing of it: %j', (...tried) => {
    const before = { failures: 3 }
    expect(next(before, tried)).toBe(before)
  })
})

it('what comes due while the line is closed comes again after it opens, spread over half a minute', () => {
  const opensAt = secondsAfter(someInstant, 60)
  expect(heldUntil({ failures: 5, opensAt }, someInstant, 0)).toBe(opensAt)
  expect(heldUntil({ failures: 5, opensAt }, someInstant, 0.5)).toBe(secondsAfter(someInstant, 75))
  expect(heldUntil({ failures: 5, opensAt }, opensAt, 0.5)).toBeUndefined()
  expect(heldUntil(steady, someInstant, 0.5)).toBeUndefined()
})
