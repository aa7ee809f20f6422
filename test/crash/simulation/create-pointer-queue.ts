import type { DeliveryPointer } from '#shared/outbound/queue.ts'
import { visibilitySeconds } from '#shared/platform/workers.ts'
import type { RandomSource } from '../proof/create-random.ts'
import type { EventLoop } from './create-event-loop.ts'

type PointerQueueSetup = {
  random: RandomSource
  loop: EventLoop
  isCalm: () => boolean
  /** Calls `failed` where the deliverer did not come to its end. */
  deliver: (pointer: DeliveryPointer, failed: () => void) => void
}

/** After so many the queue sets a message apart, where nobody looks for it. */
const maxReceives = 5

/** A queue that doubles, delays and reorders, brings back what was not done, and can be purged. */
export function createPointerQueue({ random, loop, isCalm, deliver }: PointerQueueSetup) {
  let [waitingCount, era, purgedCount] = [0, 0, 0]

  function scheduleArrival(pointer: DeliveryPointer, lag: number, turn: number) {
    const from = era
    waitingCount += 1
    loop.at(loop.now() + lag, () => {
      waitingCount -= 1
      if (from !== era) return
      deliver(pointer, () => {
        if (turn < maxReceives) scheduleArrival(pointer, visibilitySeconds * 1000, turn + 1)
      })
    })
  }

  return {
    depth: () => waitingCount,
    purgedCount: () => purgedCount,
    purge() {
      era += 1
      purgedCount += waitingCount
    },
    send(pointers: readonly DeliveryPointer[]) {
      for (const pointer of pointers) {
        const copies = !isCalm() && random() < 0.05 ? 2 : 1
        for (let copy = 0; copy < copies; copy++)
          scheduleArrival(pointer, !isCalm() && random() < 0.05 ? random() * 120_000 : random() * 300, 1)
      }
    },
  }
}
