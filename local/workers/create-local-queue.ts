import type { DeliveryPointer, DeliveryQueue } from '#shared/outbound/queue.ts'

export type LocalQueue = DeliveryQueue & {
  /** Starts no further delivery, and waits for the running ones. */
  close: () => Promise<void>
  /** Accepts messages again. */
  open: () => void
}

type Setup = {
  deliver: (pointer: DeliveryPointer) => Promise<void>
  onError: (error: unknown) => void
  maxInAll?: number
  maxPerSchool?: number
}

// Further messages are refused. Their deliveries stay due, and the sweeper queues them again.
const maxWaiting = 10_000

/**
 * The queue in this process. The school with the fewest running deliveries is next, so that a slow school delays only
 * itself. A message is dropped after one attempt, whatever its outcome, because the delivery row has the state.
 */
export function createLocalQueue({ deliver, onError, maxInAll = 20, maxPerSchool = 4 }: Setup): LocalQueue {
  const waitingBySchool = new Map<string, Map<string, DeliveryPointer>>()
  const inFlightBySchool = new Map<string, number>()
  const running = new Set<Promise<void>>()
  let isClosed = false

  function startWaiting() {
    while (!isClosed && running.size < maxInAll) {
      const pointer = takeNext()
      if (!pointer) return
      const run = runDelivery(pointer).finally(() => {
        running.delete(run)
        startWaiting()
      })
      running.add(run)
    }
  }

  function takeNext(): DeliveryPointer | undefined {
    const [nextSchoolId] = [...waitingBySchool.keys()]
      .filter((schoolId) => countInFlight(schoolId) < maxPerSchool)
      .toSorted((one, other) => countInFlight(one) - countInFlight(other))
    const group = nextSchoolId === undefined ? undefined : waitingBySchool.get(nextSchoolId)
    const [pointer] = group?.values() ?? []
    if (nextSchoolId === undefined || !group || !pointer) return undefined
    group.delete(pointer.deliveryId)
    // The school moves to the end, so that schools take turns.
    waitingBySchool.delete(nextSchoolId)
    if (group.size > 0) waitingBySchool.set(nextSchoolId, group)
    return pointer
  }

  async function runDelivery(pointer: DeliveryPointer) {
    const { schoolId } = pointer
    inFlightBySchool.set(schoolId, countInFlight(schoolId) + 1)
    try {
      await deliver(pointer)
    } catch (error) {
      onError(error)
    } finally {
      inFlightBySchool.set(schoolId, countInFlight(schoolId) - 1)
      if (countInFlight(schoolId) === 0) inFlightBySchool.delete(schoolId)
    }
  }

  function countInFlight(schoolId: string) {
    return inFlightBySchool.get(schoolId) ?? 0
  }

  function countWaiting() {
    return [...waitingBySchool.values()].reduce((sum, group) => sum + group.size, 0)
  }

  return {
    depth: async () => countWaiting(),

    async send(pointers) {
      if (isClosed) return
      const waitingCount = countWaiting()
      if (waitingCount + pointers.length > maxWaiting) throw new Error(`${waitingCount} pointers are waiting already.`)
      for (const pointer of pointers) {
        const group = waitingBySchool.get(pointer.schoolId) ?? new Map<string, DeliveryPointer>()
        waitingBySchool.set(pointer.schoolId, group.set(pointer.deliveryId, pointer))
      }
      startWaiting()
    },

    open() {
      isClosed = false
    },

    async close() {
      isClosed = true
      await Promise.all(running)
    },
  }
}
