import { describe, expect, it } from 'vitest'
import {
  type CircuitState,
  closedCircuit,
  findRecheckTime,
  maxFailures,
  pauseSeconds,
  updateCircuit,
} from '#shared/domain/delivery/circuit-state.ts'
import type { AttemptFinding, AttemptResult } from '#shared/domain/delivery/classify-attempt.ts'
import { addSeconds } from '#shared/domain/time.ts'
import { someInstant } from '#test/builders/lead.ts'

const brokenResult: [AttemptResult, AttemptFinding] = [{ kind: 'webhook', stage: 'deadline' }, 'failed']
const slowResult: [AttemptResult, AttemptFinding] = [{ kind: 'webhook', stage: 'answered', status: 429 }, 'slow']
const healthyResult: [AttemptResult, AttemptFinding] = [{ kind: 'webhook', stage: 'answered', status: 204 }, 'taken']
const updateState = (circuit: CircuitState, [result, finding]: [AttemptResult, AttemptFinding]) =>
  updateCircuit(circuit, result, finding, someInstant)

describe('the line to a school', () => {
  it('closes with the fifth breakdown in a row, each time for longer', () => {
    let circuit = closedCircuit
    const openSeconds: number[] = []
    for (let count = 0; count < maxFailures + pauseSeconds.length + 1; count++) {
      circuit = updateState(circuit, brokenResult)
      openSeconds.push(circuit.opensAt ? (Date.parse(circuit.opensAt) - Date.parse(someInstant)) / 1000 : 0)
    }
    expect(openSeconds).toEqual([0, 0, 0, 0, ...pauseSeconds, pauseSeconds.at(-1), pauseSeconds.at(-1)])
  })

  it('closes at once where the school asks for patience, for as long as it asks', () => {
    expect(updateState(closedCircuit, slowResult).opensAt).toBe(addSeconds(someInstant, 30))
    expect(updateState(closedCircuit, [{ ...slowResult[0], retryAfter: '900' }, 'slow']).opensAt).toBe(
      addSeconds(someInstant, 900),
    )
  })

  it.each([
    healthyResult,
    [{ kind: 'webhook', stage: 'answered', status: 400 }, 'failed'],
    [{ kind: 'webhook', stage: 'answered', status: 200 }, 'rejected'],
  ] as [AttemptResult, AttemptFinding][])('is steady again as soon as the school answers: %j', (...answer) => {
    expect(updateState({ failures: 9, opensAt: someInstant }, answer)).toEqual(closedCircuit)
  })

  it.each([
    [{ kind: 'email', stage: 'sent' }, 'taken'],
    [{ kind: 'webhook', stage: 'resolve' }, 'ours'],
    [{ kind: 'webhook', stage: 'answered', status: 410 }, 'gone'],
  ] as [AttemptResult, AttemptFinding][])('is as it was after what says nothing of it: %j', (...result) => {
    const before = { failures: 3 }
    expect(updateState(before, result)).toBe(before)
  })
})

it('what comes due while the line is closed comes again after it opens, spread over half a minute', () => {
  const opensAt = addSeconds(someInstant, 60)
  expect(findRecheckTime({ failures: 5, opensAt }, someInstant, 0)).toBe(opensAt)
  expect(findRecheckTime({ failures: 5, opensAt }, someInstant, 0.5)).toBe(addSeconds(someInstant, 75))
  expect(findRecheckTime({ failures: 5, opensAt }, opensAt, 0.5)).toBeUndefined()
  expect(findRecheckTime(closedCircuit, someInstant, 0.5)).toBeUndefined()
})
