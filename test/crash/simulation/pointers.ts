import { visibilitySeconds } from '#shared/contract/delivery/workers.ts'
import type { DeliveryPointer } from '#shared/outbound/queue.ts'
import type { Dice } from '../proof/dice.ts'
import type { EventLoop } from './event-loop.ts'

type Setup = {
  dice: Dice
  loop: EventLoop
  isCalm: () => boolean
  /** Calls `failed` where the deliverer did not come to its end. */
  deliver: (pointer: DeliveryPointer, failed: () => void) => void
}

/** After so many the queue sets a message apart, where nobody looks for it. */
const receives = 5

/** A queue that doubles, delays and reorders, brings back what was not done, and can be purged. */
export function pointerQueue({ dice, loop, isCalm, deliver }: Setup) {
  let [waiting, era, purged] = [0, 0, 0]

  function arrive(pointer: DeliveryPointer, lag: number, turn: number) {
    const from = era
    waiting += 1
    loop.at(loop.now() + lag, () => {
      waiting -= 1
      if (from !== era) return
      deliver(pointer, () => {
        if (turn < receives) arrive(pointer, visibilitySeconds * 1000, turn + 1)
      })
    })
  }

  return {
    depth: () => waiting,
    purged: () => purged,
    purge() {
      era += 1
      purged += waiting
    },
    send(pointers: readonly DeliveryPointer[]) {
      for (const pointer of pointers) {
        const copies = !isCalm() && dice() < 0.05 ? 2 : 1
        for (let copy = 0; copy < copies; copy++)
          arrive(pointer, !isCalm() && dice() < 0.05 ? dice() * 120_000 : dice() * 300, 1)
      }
    },
  }
}
