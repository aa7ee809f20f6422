import { toOwnerName } from '#shared/domain/catalog/generation.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { bringEndpointHealthForward, bringWaitingForward } from '#shared/store/bring-forward.ts'
import type { Cursor, Engine } from '#shared/store/engine/engine.ts'
import type { Table } from '#shared/store/keys.ts'
import type { ScheduledTask } from './start-scheduled-tasks.ts'

type ClockWatchSetup = {
  engine: Engine<Table>
  deps: Pick<Dependencies, 'records' | 'now' | 'log'>
  /** When the folder was written last, by the clock of that time. Absent: never. */
  lastWriteMs?: number | undefined
  /** The clock of the machine, which may be set. */
  machineMs?: () => number
  /** A clock that runs evenly and cannot be set. */
  steadyMs?: () => number
}

const everySeconds = 5
/** What waits because of a smaller difference is done soon. */
const minStepMs = 20_000
const schoolsPerPage = 100

/**
 * Notices that the clock of the machine was set back, while this process ran or before, and brings forward what would
 * wait until the old time comes again: deliveries, leases, offers, messages, postbacks, withdrawals, circuits and permits.
 */
export function createClockWatch({
  engine,
  deps,
  lastWriteMs,
  machineMs = Date.now,
  steadyMs = () => performance.now(),
}: ClockWatchSetup): ScheduledTask {
  const measureOffset = () => machineMs() - steadyMs()
  let offsetMs = measureOffset()
  // The latest time that a row could be given.
  let pendingStepMs = Math.max(0, (lastWriteMs ?? 0) - machineMs())

  return {
    everySeconds,
    async run() {
      const nextOffsetMs = measureOffset()
      pendingStepMs += Math.max(0, offsetMs - nextOffsetMs)
      offsetMs = nextOffsetMs
      if (pendingStepMs < minStepMs) return
      const seconds = pendingStepMs / 1000
      const broughtForward = await bringForward(seconds)
      pendingStepMs = 0
      deps.log('clock.set-back', { seconds: Math.round(seconds), broughtForward })
    },
  }

  async function bringForward(seconds: number): Promise<number> {
    const shift = { now: deps.now().toISOString(), seconds }
    let count = await bringWaitingForward(engine, shift)
    let after: Cursor | undefined
    do {
      const { records, next } = await deps.records.list('schools', { limit: schoolsPerPage, ...(after && { after }) })
      for (const school of records) count += await bringEndpointHealthForward(engine, toOwnerName(school), shift)
      after = next
    } while (after)
    return count
  }
}
