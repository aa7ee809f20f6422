import type { DeliveryPointer, DeliveryQueue } from '#shared/outbound/queue.ts'
import { createWaitingList } from './create-waiting-list.ts'

export type LocalQueue = DeliveryQueue & {
  /** Starts no further delivery, and waits for the running ones. */
  close: () => Promise<void>
  /** Accepts messages again. */
  open: () => void
}

export type QueueShares = { routing: number; webhook: number; email: number }
type Admit = (kind: 'webhook' | 'email') => boolean
type Setup = {
  /** `admit` says whether the delivery may be sent now; if not, it is queued again and nothing may be changed. */
  deliver: (pointer: DeliveryPointer, admit: Admit) => Promise<unknown>
  onError: (error: unknown) => void
  shares?: Partial<QueueShares>
  maxPerSchool?: number
}

/** So many deliveries run at once: before their endpoint is known, by webhook and by email. */
const defaultShares: QueueShares = { webhook: 80, email: 20, routing: 20 }
// As many as the permits that a school has unless its record says otherwise.
const defaultMaxPerSchool = 10

// Further messages are refused. Their deliveries stay due, and the sweeper queues them again.
const maxWaiting = 10_000

/**
 * The queue in this process. Webhooks and emails have a share each, so that a mail server that hangs delays no webhook, and
 * no school can take a whole share. The school with the fewest running deliveries is next. How a delivery is sent is known
 * only once its records were read: it asks then, and waits in the line of its kind if the share is used up. A message is
 * dropped after one attempt, whatever its outcome, because the delivery row has the state.
 */
export function createLocalQueue({ deliver, onError, shares, maxPerSchool = defaultMaxPerSchool }: Setup): LocalQueue {
  // Deliveries that wait for a share come before those that are not routed yet.
  const lines = Object.entries({ ...defaultShares, ...shares }).map(([name, max]) => ({
    name,
    max,
    runningCount: 0,
    waitingList: createWaitingList(),
  }))
  type Line = (typeof lines)[number]
  const inFlightBySchool = new Map<string, number>()
  const running = new Set<Promise<void>>()
  let isClosed = false

  const getLine = (name: keyof QueueShares): Line => {
    const line = lines.find((one) => one.name === name)
    if (!line) throw new Error(`There is no line ${name}.`)
    return line
  }
  const countInFlight = (schoolId: string) => inFlightBySchool.get(schoolId) ?? 0
  const countWaiting = () => lines.reduce((sum, { waitingList }) => sum + waitingList.count(), 0)

  function startWaiting() {
    for (const line of lines)
      while (!isClosed && line.runningCount < line.max) {
        const pointer = line.waitingList.takeNext({ countInFlight, maxPerSchool })
        if (!pointer) break
        start(pointer, line)
      }
  }

  function start(pointer: DeliveryPointer, line: Line) {
    const run = runDelivery(pointer, line).finally(() => {
      running.delete(run)
      startWaiting()
    })
    running.add(run)
  }

  async function runDelivery(pointer: DeliveryPointer, firstLine: Line) {
    const { schoolId } = pointer
    let line = firstLine
    let refusedBy: Line | undefined
    line.runningCount++
    inFlightBySchool.set(schoolId, countInFlight(schoolId) + 1)
    const admit: Admit = (kind) => {
      const ownLine = getLine(kind)
      // A delivery that has not begun stays due while the process stops.
      if (isClosed) return false
      if (ownLine === line) return true
      if (ownLine.runningCount >= ownLine.max) {
        refusedBy = ownLine
        return false
      }
      line.runningCount--
      ownLine.runningCount++
      line = ownLine
      queueMicrotask(startWaiting)
      return true
    }
    try {
      await deliver(pointer, admit)
    } catch (error) {
      onError(error)
    } finally {
      line.runningCount--
      inFlightBySchool.set(schoolId, countInFlight(schoolId) - 1)
      if (countInFlight(schoolId) === 0) inFlightBySchool.delete(schoolId)
      refusedBy?.waitingList.add(pointer)
    }
  }

  return {
    depth: async () => countWaiting(),

    async send(pointers) {
      if (isClosed) return
      const waitingCount = countWaiting()
      if (waitingCount + pointers.length > maxWaiting) throw new Error(`${waitingCount} pointers are waiting already.`)
      for (const pointer of pointers)
        if (!lines.some(({ waitingList }) => waitingList.has(pointer))) getLine('routing').waitingList.add(pointer)
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
