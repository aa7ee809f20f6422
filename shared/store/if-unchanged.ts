import { allowedPriorStates, type Delivery } from '../domain/delivery/delivery.ts'
import type { Condition } from './engine/engine.ts'

type DeliverySnapshot = Pick<Delivery, 'deliveryId' | 'state' | 'attempts' | 'replays'>

/** The condition that a delivery is unchanged since it was read and may enter a state. */
export function ifUnchanged(snapshot: DeliverySnapshot, next: keyof typeof allowedPriorStates): Condition {
  const from = allowedPriorStates[next].filter((state) => state === snapshot.state)
  return { all: [{ attribute: 'state', is: 'one-of', values: from }, ifSameVersion(snapshot)] }
}

/** The condition that a delivery is unchanged since it was read. */
export function ifSameVersion({ state, attempts, replays }: DeliverySnapshot): Condition {
  return {
    all: [
      { attribute: 'state', is: 'equal', value: state },
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
