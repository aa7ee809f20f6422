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

export type ClockWatch = ScheduledTask & {
  /** Whether the time may be wrong, so that nothing final is done with what the clock says is over. */
  isInDoubt(): boolean
}

const everySeconds = 5
/** What waits because of a smaller difference is done soon. */
const minStepMs = 20_000
const schoolsPerPage = 100
const hourMs = 3_600_000
/** A leap ahead this long may be a host that was off, or a machine that lost its clock. */
const minLeapMs = 7 * 24 * hourMs
/** The time that staff have to notice a clock that is wrong. */
const doubtMs = 24 * hourMs

/**
 * Notices that the clock of the machine was set back, while this process ran or before, and brings forward what would
 * wait until the old time comes again: deliveries, leases, offers, messages, postbacks, certificates, notifications, withdrawals, circuits and permits.
 * After a leap ahead of a week, the time is in doubt for a day: what is erased then, and a month that is closed, could not be
 * brought back.
 */
export function createClockWatch({
  engine,
  deps,
  lastWriteMs,
  machineMs = Date.now,
  steadyMs = () => performance.now(),
}: ClockWatchSetup): ClockWatch {
  const measureOffset = () => machineMs() - steadyMs()
  let offsetMs = measureOffset()
  // The latest time that a row could be given.
  let pendingStepMs = Math.max(0, (lastWriteMs ?? 0) - machineMs())
  let doubtEndsMs = 0
  if (lastWriteMs !== undefined) noticeLeap(machineMs() - lastWriteMs)

  return {
    everySeconds,
    isInDoubt() {
      noticeStep()
      return steadyMs() < doubtEndsMs
    },
    async run() {
      noticeStep()
      if (pendingStepMs < minStepMs) return
      const seconds = pendingStepMs / 1000
      const broughtForward = await bringForward(seconds)
      pendingStepMs = 0
      deps.log('clock.set-back', { seconds: Math.round(seconds), broughtForward })
    },
  }

  function noticeStep(): void {
    const stepMs = measureOffset() - offsetMs
    offsetMs += stepMs
    if (stepMs > 0) noticeLeap(stepMs)
    else pendingStepMs -= stepMs
    // The clock was put right.
    if (stepMs <= -minStepMs) doubtEndsMs = 0
  }

  function noticeLeap(leapMs: number): void {
    if (leapMs < minLeapMs) return
    doubtEndsMs = steadyMs() + doubtMs
    deps.log('clock.leapt-ahead', { hours: Math.round(leapMs / hourMs), inDoubtForHours: doubtMs / hourMs })
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
