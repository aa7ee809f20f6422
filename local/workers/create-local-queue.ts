import type { Admit } from '#functions/worker/deliver/deliver-lead.ts'
import type { DeliveryPointer, DeliveryQueue } from '#shared/outbound/queue.ts'
import { createWaitingList } from './create-waiting-list.ts'

export type LocalQueue = DeliveryQueue & {
  /** Starts no further delivery, and waits for the running ones. */
  close: () => Promise<void>
  /** Accepts messages again. */
  open: () => void
}

export type QueueShares = { routing: number; webhook: number; email: number }
type Setup = {
  /** If `admit` refuses, the delivery is queued again and nothing may be changed. */
  deliver: (pointer: DeliveryPointer, admit: Admit) => Promise<unknown>
  onError: (error: unknown) => void
  shares?: Partial<QueueShares>
  maxPerSchool?: number
}

/** So many deliveries run at once: before their endpoint is known, by webhook and by email. */
const defaultShares: QueueShares = { webhook: 80, email: 20, routing: 20 }
// As many as a school takes at once unless its record says otherwise.
const defaultMaxPerSchool = 10

// Further messages are refused. Their deliveries stay due, and the sweeper queues them again.
const maxWaiting = 10_000

/**
 * The queue in this process. Webhooks and emails have a share each, so that a mail server that hangs delays no webhook, and
 * no school can take a whole share. The school with the fewest running deliveries is next. How a delivery is sent, and how
 * many its school takes at once, is known only once its records were read: it asks then, and waits in the line of its kind
 * if that is used up. So the queue holds the permits of schools, and they need no rows. A message is dropped after one attempt, whatever its outcome, because the delivery row has the state.
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
  const permitsBySchool = new Map<string, number>()
  /** Of schools that take fewer at once than others. */
  const lowMaxBySchool = new Map<string, number>()
  const running = new Set<Promise<void>>()
  let isClosed = false

  const getLine = (name: keyof QueueShares): Line => {
    const line = lines.find((one) => one.name === name)
    if (!line) throw new Error(`There is no line ${name}.`)
    return line
  }
  const countInFlight = (schoolId: string) => inFlightBySchool.get(schoolId) ?? 0
  const hasRoom = (schoolId: string) => countInFlight(schoolId) < (lowMaxBySchool.get(schoolId) ?? maxPerSchool)
  const countWaiting = () => lines.reduce((sum, { waitingList }) => sum + waitingList.count(), 0)

  function startWaiting() {
    for (const line of lines)
      while (!isClosed && line.runningCount < line.max) {
        const pointer = line.waitingList.takeNext({ countInFlight, hasRoom })
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

  /** So that no more of its deliveries are begun than may be sent. */
  function noteMaxConcurrent(schoolId: string, maxConcurrent: number) {
    if (maxConcurrent < maxPerSchool) lowMaxBySchool.set(schoolId, maxConcurrent)
    else lowMaxBySchool.delete(schoolId)
  }

  async function runDelivery(pointer: DeliveryPointer, firstLine: Line) {
    const { schoolId } = pointer
    let line = firstLine
    let refusedBy: Line | undefined
    line.runningCount++
    let hasPermit = false
    changeCount(inFlightBySchool, schoolId, 1)
    const admit: Admit = ({ kind, maxConcurrent }) => {
      const ownLine = getLine(kind)
      // A delivery that has not begun stays due while the process stops.
      if (isClosed) return 'refused'
      if (maxConcurrent !== undefined) noteMaxConcurrent(schoolId, maxConcurrent)
      const hasPermits = maxConcurrent === undefined || (permitsBySchool.get(schoolId) ?? 0) < maxConcurrent
      if (!hasPermits || (ownLine !== line && ownLine.runningCount >= ownLine.max)) {
        refusedBy = ownLine
        return 'refused'
      }
      if (ownLine !== line) {
        line.runningCount--
        ownLine.runningCount++
        line = ownLine
        queueMicrotask(startWaiting)
      }
      if (maxConcurrent === undefined) return 'admitted'
      hasPermit = true
      changeCount(permitsBySchool, schoolId, 1)
      return 'with-permit'
    }
    try {
      await deliver(pointer, admit)
    } catch (error) {
      onError(error)
    } finally {
      line.runningCount--
      changeCount(inFlightBySchool, schoolId, -1)
      if (hasPermit) changeCount(permitsBySchool, schoolId, -1)
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

/** Counts without entries of 0. */
function changeCount(counts: Map<string, number>, name: string, change: 1 | -1): void {
  const count = (counts.get(name) ?? 0) + change
  if (count === 0) counts.delete(name)
  else counts.set(name, count)
}
