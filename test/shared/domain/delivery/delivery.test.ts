import { describe, expect, it } from 'vitest'
import { type DeliveryState, deliveryState, enteredFrom } from '#shared/domain/delivery/delivery.ts'

const states = deliveryState.options

it('the table has a row for each state, and names no other', () => {
  expect(Object.keys(enteredFrom).toSorted()).toEqual([...states].toSorted())
  for (const from of Object.values(enteredFrom)) expect(states).toEqual(expect.arrayContaining([...from]))
})

it('a delivery can come to every state from the one in which it begins', () => {
  expect([...reachableFrom('pending')].toSorted()).toEqual([...states].toSorted())
})

describe('a final state', () => {
  it('rejected is left only to be erased: the lead has gone to somebody else', () => {
    expect(next('rejected')).toEqual(['erased'])
  })

  it('delivered is left only by a replay, by an e-mail that came back, or to be erased', () => {
    expect(next('delivered')).toEqual(['pending', 'parked', 'erased'])
  })

  it('erased is never left', () => {
    expect(next('erased')).toEqual([])
  })
})

it('every state but the last can be erased: one call forgets a person everywhere', () => {
  expect([...enteredFrom.erased].toSorted()).toEqual(states.filter((state) => state !== 'erased').toSorted())
})

it('whoever delivers, rejects or gives up must hold the lease', () => {
  for (const state of ['delivered', 'rejected', 'dead'] as const) expect(enteredFrom[state]).toEqual(['leased'])
})

it('a delivery that waits can always go on: nothing is stuck', () => {
  for (const state of ['pending', 'leased', 'parked', 'dead'] as const)
    expect([...reachableFrom(state)]).toContain('delivered')
})

function next(state: DeliveryState): DeliveryState[] {
  return states.filter((to) => enteredFrom[to].some((from) => from === state))
}

function reachableFrom(start: DeliveryState): Set<DeliveryState> {
  const reached = new Set([start])
  for (const state of reached) for (const to of next(state)) reached.add(to)
  return reached
}
