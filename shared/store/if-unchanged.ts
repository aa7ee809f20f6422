import { allowedPriorStates, type Delivery, type DeliveryState } from '../domain/delivery/delivery.ts'
import type { Condition } from './engine/engine.ts'

type DeliverySnapshot = Pick<Delivery, 'deliveryId' | 'state' | 'attempts' | 'replays'>

/** The condition that a delivery is unchanged since it was read and may enter a state. */
export function ifUnchanged(snapshot: DeliverySnapshot, next: keyof typeof allowedPriorStates): Condition {
  const from = allowedPriorStates[next].filter((state) => state === snapshot.state)
  return { all: [ifInState(from), ifSameVersion(snapshot)] }
}

/**
 * The condition that a delivery is in one of these states. One that has a lease is leased, whatever state its row names: see
 * `showLease`. An earlier edition stored `leased` as the state.
 */
export function ifInState(states: readonly DeliveryState[]): Condition {
  const isUnleased = { attribute: 'leaseUntil', is: 'absent' } as const
  const ifNamed: Condition = { all: [{ attribute: 'state', is: 'one-of', values: states }, isUnleased] }
  return states.includes('leased') ? { any: [ifNamed, { attribute: 'leaseUntil', is: 'present' }] } : ifNamed
}

/** The condition that a delivery has no lease that is live at `now`. An earlier edition moved `dueAt` to the end of the lease. */
export function ifLeaseEnded(now: string): Condition {
  return {
    any: [
      { attribute: 'leaseUntil', is: 'absent' },
      { attribute: 'leaseUntil', is: 'at-most', value: now },
    ],
  }
}

/** The condition that a delivery is unchanged since it was read. */
export function ifSameVersion({ state, attempts, replays }: DeliverySnapshot): Condition {
  return {
    all: [
      ifInState([state]),
      { attribute: 'attempts', is: 'equal', value: attempts },
      { attribute: 'replays', is: 'equal', value: replays },
    ],
  }
}

/** The conditions that a delivery is one of a lead, and not a notice: see `isNotice`. */
export const ifLead: readonly Condition[] = [
  { attribute: 'erases', is: 'absent' },
  { attribute: 'withdraws', is: 'absent' },
]
