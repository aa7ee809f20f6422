import { continueReplays } from '#functions/worker/replay/continue-replays.ts'
import { Refusal } from '#shared/contract/problems.ts'
import { replayOneDelivery } from '#shared/workflows/delivery/replay-one-delivery.ts'
import type { RandomSource } from '../proof/create-random.ts'
import { type EventLoop, type Process, type ProcessEnding, startsAt } from './create-event-loop.ts'
import type { createFaultInjector } from './create-fault-injector.ts'
import type { SimulatedVisitor } from './create-visitors.ts'
import type { StartWorker } from './run-world.ts'

/** A replay that somebody was told of: an attempt must have begun after it. */
export type PromisedReplay = { deliveryId: string; at: number }
type StaffSetup = {
  random: RandomSource
  loop: EventLoop
  injector: ReturnType<typeof createFaultInjector>
  visitors: readonly SimulatedVisitor[]
  worker: StartWorker
  calmAt: number
}

const chances = { one: 0.04, many: 0.3, manyTwice: 0.5 }
const maxLifetimeMs = 29_000
const intervalMs = 60_000

/** Staff who have deliveries sent once more: one, or all that match, also two of them at once. */
export function createStaff({ random, loop, injector, visitors, worker, calmAt }: StaffSetup): {
  promisedReplays: PromisedReplay[]
} {
  const promisedReplays: PromisedReplay[] = []
  const randomTime = () => startsAt + random() * (calmAt - startsAt)

  function replayOne({ receipt }: SimulatedVisitor) {
    const { deliveryId } = receipt?.schools[0] ?? {}
    if (deliveryId === undefined) return
    const task = async (process: Process) => {
      const at = loop.now()
      await replayOneDelivery({ deliveryId }, injector.createDependencies(process))
      promisedReplays.push({ deliveryId, at })
    }
    loop.begin(`replay ${deliveryId}`, task, { maxLifetimeMs, onEnd: rethrowUnexpected })
  }

  function replayMany(staff: number) {
    const filter = { states: ['dead' as const, 'parked' as const, 'delivered' as const], schoolId: 'alpha' }
    const task = async (process: Process) => {
      const { replayJobs, now } = injector.createDependencies(process)
      await replayJobs.start(filter, now().toISOString())
    }
    loop.begin(`replays ${staff}`, task, { maxLifetimeMs, onEnd: rethrowUnexpected })
  }

  /** The clock of the replay worker, for as long as there may be something to do. */
  function runReplayWorker(turn = 1) {
    const task = (process: Process) => continueReplays(injector.createDependencies(process))
    worker('replay', '', task, ({ how }) => {
      if (how !== 'done' || turn < 3) loop.at(loop.now() + intervalMs, () => runReplayWorker(turn + 1))
    })
  }

  for (const visitor of visitors) if (random() < chances.one) loop.at(randomTime(), () => replayOne(visitor))
  if (random() < chances.many) {
    const at = randomTime()
    const staff = random() < chances.manyTwice ? [1, 2] : [1]
    for (const staffNumber of staff) loop.at(at + random() * 200, () => replayMany(staffNumber))
    loop.at(at + intervalMs, () => runReplayWorker())
  }
  return { promisedReplays }
}

/** What is refused or out of reach is an answer; all else is a fault of ours. */
function rethrowUnexpected(ending: ProcessEnding): void {
  if (ending.how !== 'failed' || ending.error instanceof Refusal || isOutage(ending.error)) return
  throw ending.error
}

function isOutage(error: unknown): boolean {
  return error instanceof Error && /ThrottlingException|answer was lost/.test(error.message)
}
