import { describe, expect, it } from 'vitest'
import {
  type CircuitState,
  closedCircuit,
  findRecheckTime,
  maxFailures,
  pauseSeconds,
  toCircuitView,
  updateCircuit,
} from '#shared/domain/delivery/circuit-state.ts'
import type { AttemptFinding, AttemptResult } from '#shared/domain/delivery/classify-attempt.ts'
import { addSeconds } from '#shared/domain/time.ts'
import { someInstant } from '#test/builders/lead.ts'

const failedResult: [AttemptResult, AttemptFinding] = [{ kind: 'webhook', stage: 'deadline' }, 'failed']
const throttledResult: [AttemptResult, AttemptFinding] = [
  { kind: 'webhook', stage: 'answered', status: 429 },
  'throttled',
]
const healthyResult: [AttemptResult, AttemptFinding] = [{ kind: 'webhook', stage: 'answered', status: 204 }, 'accepted']
const updateState = (circuit: CircuitState, [result, finding]: [AttemptResult, AttemptFinding]) =>
  updateCircuit(circuit, result, finding, someInstant)

describe('updateCircuit', () => {
  it('opens the circuit at the fifth failure in a row, each time for longer', () => {
    let circuit = closedCircuit
    const openSeconds: number[] = []
    for (let count = 0; count < maxFailures + pauseSeconds.length + 1; count++) {
      circuit = updateState(circuit, failedResult)
      openSeconds.push(circuit.opensAt ? (Date.parse(circuit.opensAt) - Date.parse(someInstant)) / 1000 : 0)
    }
    expect(openSeconds).toEqual([0, 0, 0, 0, ...pauseSeconds, pauseSeconds.at(-1), pauseSeconds.at(-1)])
  })

  it('opens the circuit at once when the school throttles, for as long as Retry-After says', () => {
    expect(updateState(closedCircuit, throttledResult).opensAt).toBe(addSeconds(someInstant, 30))
    expect(updateState(closedCircuit, [{ ...throttledResult[0], retryAfter: '900' }, 'throttled']).opensAt).toBe(
      addSeconds(someInstant, 900),
    )
  })

  it('believes a short Retry-After until the school has failed five times in a row', () => {
    const shortlyThrottled: typeof throttledResult = [{ ...throttledResult[0], retryAfter: '3' }, 'throttled']
    expect(updateState(closedCircuit, shortlyThrottled)).toEqual({ failures: 1, opensAt: addSeconds(someInstant, 3) })
    expect(updateState({ failures: 3 }, shortlyThrottled)).toEqual({ failures: 4, opensAt: addSeconds(someInstant, 3) })
    expect(updateState({ failures: 4 }, shortlyThrottled)).toEqual({
      failures: 5,
      opensAt: addSeconds(someInstant, 30),
    })
    const notThrottled: typeof throttledResult = [{ ...throttledResult[0], retryAfter: '0' }, 'throttled']
    expect(updateState(closedCircuit, notThrottled)).toEqual({ failures: 1 })
  })

  it.each([
    healthyResult,
    [{ kind: 'webhook', stage: 'answered', status: 400 }, 'failed'],
    [{ kind: 'webhook', stage: 'answered', status: 200 }, 'rejected'],
  ] as [AttemptResult, AttemptFinding][])('closes the circuit as soon as the school answers: %j', (...answer) => {
    expect(updateState({ failures: 9, opensAt: someInstant }, answer)).toEqual(closedCircuit)
  })

  it.each([
    [{ kind: 'email', stage: 'sent' }, 'accepted'],
    [{ kind: 'webhook', stage: 'resolve' }, 'internal-fault'],
    [{ kind: 'webhook', stage: 'answered', status: 410 }, 'endpoint-gone'],
  ] as [AttemptResult, AttemptFinding][])(
    'leaves the circuit unchanged after an attempt that says nothing about the school: %j',
    (...result) => {
      const circuit = { failures: 3 }
      expect(updateState(circuit, result)).toBe(circuit)
    },
  )
})

it('spreads rechecks over 30 s after the circuit becomes half-open, or over the rest of a shorter pause', () => {
  const opensAt = addSeconds(someInstant, 60)
  expect(findRecheckTime({ failures: 5, opensAt }, someInstant, 0)).toBe(opensAt)
  expect(findRecheckTime({ failures: 5, opensAt }, someInstant, 0.5)).toBe(addSeconds(someInstant, 75))
  expect(findRecheckTime({ failures: 5, opensAt }, addSeconds(someInstant, 57), 0.5)).toBe(
    addSeconds(someInstant, 61.5),
  )
  expect(findRecheckTime({ failures: 5, opensAt }, opensAt, 0.5)).toBeUndefined()
  expect(findRecheckTime(closedCircuit, someInstant, 0.5)).toBeUndefined()
})

it('shows a circuit as closed, open until a time, or half-open since then', () => {
  const opensAt = addSeconds(someInstant, 60)
  expect(toCircuitView({ failures: 2 }, someInstant)).toEqual({ state: 'closed', failures: 2 })
  expect(toCircuitView({ failures: 5, opensAt }, someInstant)).toEqual({ state: 'open', until: opensAt, failures: 5 })
  expect(toCircuitView({ failures: 5, opensAt }, opensAt)).toEqual({ state: 'half-open', until: opensAt, failures: 5 })
})
