import { describe, expect, it } from 'vitest'
import { allowedPriorStates, type DeliveryState, deliveryState } from '#shared/domain/delivery/delivery.ts'

const states = deliveryState.options

it('has a row for each state in the transition table and no other', () => {
  expect(Object.keys(allowedPriorStates).toSorted()).toEqual([...states].toSorted())
  for (const priorStates of Object.values(allowedPriorStates))
    expect(states).toEqual(expect.arrayContaining([...priorStates]))
})

it('reaches every state from the initial one', () => {
  expect([...findReachableStates('pending')].toSorted()).toEqual([...states].toSorted())
})

describe('a final state', () => {
  it('leaves rejected only for erased, because the lead was offered to others', () => {
    expect(listNextStates('rejected')).toEqual(['erased'])
  })

  it('leaves delivered only by a replay, a bounce or an erasure', () => {
    expect(listNextStates('delivered')).toEqual(['pending', 'parked', 'erased'])
  })

  it('never leaves erased', () => {
    expect(listNextStates('erased')).toEqual([])
  })
})

it('can be erased from every other state', () => {
  expect([...allowedPriorStates.erased].toSorted()).toEqual(states.filter((state) => state !== 'erased').toSorted())
})

it('is rejected only from leased', () => {
  expect(allowedPriorStates.rejected).toEqual(['leased'])
})

it('is dead from leased, or from a waiting state if its visitor withdraws', () => {
  expect([...allowedPriorStates.dead].toSorted()).toEqual(['leased', 'parked', 'pending'])
})

it('is delivered from leased, or from a waiting state if its school opens it', () => {
  expect([...allowedPriorStates.delivered].toSorted()).toEqual(['leased', 'parked', 'pending'])
})

it('can be leased from every waiting state', () => {
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
