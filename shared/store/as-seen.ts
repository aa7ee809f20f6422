import { type Delivery, enteredFrom } from '../domain/delivery/delivery.ts'
import type { Condition } from './engine/engine.ts'

type Seen = Pick<Delivery, 'deliveryId' | 'state' | 'attempts' | 'replays'>

/** That nothing has happened to a delivery since it was seen, and that it may enter a state. */
export function asSeen(seen: Seen, next: keyof typeof enteredFrom): Condition {
  const from = enteredFrom[next].filter((state) => state === seen.state)
  return { all: [{ attribute: 'state', is: 'one-of', values: from }, unchanged(seen)] }
}

/** That nothing has happened to a delivery since it was seen. */
export function unchanged({ state, attempts, replays }: Seen): Condition {
  return {
    all: [
      { attribute: 'state', is: 'equal', value: state },
      { attribute: 'attempts', is: 'equal', value: attempts },
      { attribute: 'replays', is: 'equal', value: replays },
    ],
  }
}
