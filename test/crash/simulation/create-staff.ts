import { continueReplays } from '#functions/worker/replay/continue-replays.ts'
import { replayOneDelivery } from '#shared/workflows/delivery/replay-one-delivery.ts'
import type { RandomSource } from '../proof/create-random.ts'
import { type EventLoop, type Process, rethrowUnexpected, type StartWorker, startsAt } from './create-event-loop.ts'
import type { createFaultInjector } from './create-fault-injector.ts'
import type { SimulatedVisitor } from './create-visitors.ts'

/** A confirmed replay: an attempt must begin after it. */
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
const staffActor = { kind: 'staff', keyId: 'simulated' } as const

/** Staff who replay one delivery or all that match a filter, sometimes two of them at once. */
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
      await replayOneDelivery({ deliveryId, actor: staffActor }, injector.createDependencies(process))
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

  /** Starts the replay worker every minute, at least three times and until a run succeeds. */
  function runReplayWorker(run = 1) {
    const task = (process: Process) => continueReplays(injector.createDependencies(process))
    worker('replay', '', task, ({ how }) => {
      if (how !== 'done' || run < 3) loop.at(loop.now() + intervalMs, () => runReplayWorker(run + 1))
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
