import type { DeliveryPointer, DeliveryQueue } from '#shared/outbound/queue.ts'

export type LocalQueue = DeliveryQueue & {
  /** Starts nothing more, and waits for what is under way. */
  close: () => Promise<void>
  /** Takes pointers again. */
  open: () => void
}

type Setup = {
  deliver: (pointer: DeliveryPointer) => Promise<void>
  failed: (error: unknown) => void
  mostInAll?: number
  mostPerSchool?: number
}

// Beyond that, pointers are refused: what is due stays due, and the sweeper comes by again.
const mostWaiting = 10_000

/**
 * The queue in this process. Whoever has the least under way goes next, so that a slow school holds up nobody but
 * itself. A pointer is gone once it was tried, whatever came of it: the delivery row remembers.
 */
export function localQueue({ deliver, failed, mostInAll = 20, mostPerSchool = 4 }: Setup): LocalQueue {
  const waiting = new Map<string, Map<string, DeliveryPointer>>()
  const underWay = new Map<string, number>()
  const running = new Set<Promise<void>>()
  let closed = false

  function startAll() {
    while (!closed && running.size < mostInAll) {
      const pointer = takeNext()
      if (!pointer) return
      const run = work(pointer).finally(() => {
        running.delete(run)
        startAll()
      })
      running.add(run)
    }
  }

  function takeNext(): DeliveryPointer | undefined {
    const [next] = [...waiting.keys()]
      .filter((schoolId) => busy(schoolId) < mostPerSchool)
      .toSorted((one, other) => busy(one) - busy(other))
    const group = next === undefined ? undefined : waiting.get(next)
    const [pointer] = group?.values() ?? []
    if (next === undefined || !group || !pointer) return undefined
    group.delete(pointer.deliveryId)
    // A school that was served goes to the end of the line.
    waiting.delete(next)
    if (group.size > 0) waiting.set(next, group)
    return pointer
  }

  async function work(pointer: DeliveryPointer) {
    const { schoolId } = pointer
    underWay.set(schoolId, busy(schoolId) + 1)
    try {
      await deliver(pointer)
    } catch (error) {
      failed(error)
    } finally {
      underWay.set(schoolId, busy(schoolId) - 1)
      if (busy(schoolId) === 0) underWay.delete(schoolId)
    }
  }

  function busy(schoolId: string) {
    return underWay.get(schoolId) ?? 0
  }

  function depth() {
    return [...waiting.values()].reduce((sum, group) => sum + group.size, 0)
  }

  return {
    depth: async () => depth(),

    async send(pointers) {
      if (closed) return
      const before = depth()
      if (before + pointers.length > mostWaiting) throw new Error(`${before} pointers are waiting already.`)
      for (const pointer of pointers) {
        const group = waiting.get(pointer.schoolId) ?? new Map<string, DeliveryPointer>()
        waiting.set(pointer.schoolId, group.set(pointer.deliveryId, pointer))
      }
      startAll()
    },

    open() {
      closed = false
    },

    async close() {
      closed = true
      await Promise.all(running)
    },
  }
}
