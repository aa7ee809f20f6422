import type { DeliveryPointer } from '#shared/outbound/queue.ts'
import { visibilitySeconds } from '#shared/platform/workers.ts'
import type { RandomSource } from '../proof/create-random.ts'
import type { EventLoop } from './create-event-loop.ts'

type PointerQueueSetup = {
  random: RandomSource
  loop: EventLoop
  isCalm: () => boolean
  /** Calls `failed` if the worker did not finish. */
  deliver: (pointer: DeliveryPointer, failed: () => void) => void
}

/** After so many receives, a message goes to the dead-letter queue, which the simulation ignores. */
const maxReceives = 5

/** A queue that duplicates, delays and reorders messages, delivers failed ones again, and can be purged. */
export function createPointerQueue({ random, loop, isCalm, deliver }: PointerQueueSetup) {
  let [waitingCount, purgeCount, purgedCount] = [0, 0, 0]

  function scheduleArrival(pointer: DeliveryPointer, lag: number, receives: number) {
    const purgesBefore = purgeCount
    waitingCount += 1
    loop.at(loop.now() + lag, () => {
      waitingCount -= 1
      if (purgesBefore !== purgeCount) return
      deliver(pointer, () => {
        if (receives < maxReceives) scheduleArrival(pointer, visibilitySeconds * 1000, receives + 1)
      })
    })
  }

  return {
    depth: () => waitingCount,
    purgedCount: () => purgedCount,
    purge() {
      purgeCount += 1
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
