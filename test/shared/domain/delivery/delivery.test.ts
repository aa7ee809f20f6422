import { describe, expect, it } from 'vitest'
import { allowedPriorStates, type DeliveryState, deliveryState } from '#shared/domain/delivery/delivery.ts'

const states = deliveryState.options

it('the table has a row for each state, and names no other', () => {
  expect(Object.keys(allowedPriorStates).toSorted()).toEqual([...states].toSorted())
  for (const priorStates of Object.values(allowedPriorStates))
    expect(states).toEqual(expect.arrayContaining([...priorStates]))
})

it('a delivery can come to every state from the one in which it begins', () => {
  expect([...findReachableStates('pending')].toSorted()).toEqual([...states].toSorted())
})

describe('a final state', () => {
  it('rejected is left only to be erased: the lead has gone to somebody else', () => {
    expect(listNextStates('rejected')).toEqual(['erased'])
  })

  it('delivered is left only by a replay, by an e-mail that came back, or to be erased', () => {
    expect(listNextStates('delivered')).toEqual(['pending', 'parked', 'erased'])
  })

  it('erased is never left', () => {
    expect(listNextStates('erased')).toEqual([])
  })
})

it('every state but the last can be erased: one call forgets a person everywhere', () => {
  expect([...allowedPriorStates.erased].toSorted()).toEqual(states.filter((state) => state !== 'erased').toSorted())
})

it('whoever delivers, rejects or gives up must hold the lease', () => {
  for (const state of ['delivered', 'rejected', 'dead'] as const) expect(allowedPriorStates[state]).toEqual(['leased'])
})

it('a delivery that waits can always go on: nothing is stuck', () => {
  for (const state of ['pending', 'leased', 'parked', 'dead'] as const)
    expect([...findReachableStates(state)]).toContain('delivered')
})

function listNextStates(state: DeliveryState): DeliveryState[] {
  return states.filter((nextState) => allowedPriorStates[nextState].some((from) => from === state))
}

function findReachableStates(start: DeliveryState): Set<DeliveryState> {
  const reached = new Set([start])
  for (const state of reached) for (const to of listNextStates(state)) reached.add(to)
  return reached
}
