import { erasePerson } from '#functions/operator/aftercare/erase-person.ts'
import { continueErasures } from '#functions/worker/erase/continue-erasures.ts'
import type { RandomSource } from '../proof/create-random.ts'
import { type EventLoop, type Process, type StartWorker, startsAt } from './create-event-loop.ts'
import type { createFaultInjector } from './create-fault-injector.ts'
import type { SimulatedVisitor } from './create-visitors.ts'
import type { WorldSabotage } from './sabotage.ts'

/** A confirmed erasure request: every lead of this person that was accepted by then must be erased. */
export type PromisedErasure = { email: string; at: number }
type ErasureRequestsSetup = {
  random: RandomSource
  loop: EventLoop
  injector: ReturnType<typeof createFaultInjector>
  visitors: readonly SimulatedVisitor[]
  worker: StartWorker
  erases: WorldSabotage['erases']
  calmAt: number
}

const chance = 0.03
const maxLifetimeMs = 29_000
const intervalMs = 60_000
const emptyInput = { params: undefined, query: undefined, spend: async () => {} }
const principal = { caller: 'operator', scope: 'admin' } as const

/** Staff who erase people and repeat the request until it succeeds, and the worker that finishes interrupted erasures. */
export function createErasureRequests({
  random,
  loop,
  injector,
  visitors,
  worker,
  erases,
  calmAt,
}: ErasureRequestsSetup): { promisedErasures: PromisedErasure[] } {
  const promisedErasures: PromisedErasure[] = []

  function requestErasure({ email, number }: Pick<SimulatedVisitor, 'email' | 'number'>) {
    const startedAtMs = loop.now()
    const task = async (process: Process) => {
      const body = { email, withdraw: false }
      await erasePerson(
        { body, headers: undefined, principal, ip: '', ...emptyInput },
        injector.createDependencies(process),
      )
      promisedErasures.push({ email, at: startedAtMs })
    }
    loop.begin(`erase-person ${number}`, task, {
      maxLifetimeMs,
      onEnd: ({ how }) => {
        if (how !== 'done') loop.at(loop.now() + 1000 + random() * 5000, () => requestErasure({ email, number }))
      },
    })
  }

  /** Starts the erase worker every minute until three minutes after the last fault. */
  function runEraseWorker() {
    if (erases === 'never') return
    worker('erase', '', (process) => continueErasures(injector.createDependencies(process)))
    if (loop.now() < calmAt + 3 * intervalMs) loop.at(loop.now() + intervalMs, runEraseWorker)
  }

  const erasedVisitors = visitors.filter(() => random() < chance)
  for (const visitor of erasedVisitors)
    loop.at(startsAt + random() * (calmAt - startsAt), () => requestErasure(visitor))
  if (erasedVisitors.length > 0) loop.at(startsAt + random() * intervalMs, runEraseWorker)
  return { promisedErasures }
}
