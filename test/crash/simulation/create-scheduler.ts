import { offerDue } from '#functions/worker/offer/offer-due.ts'
import { sweepDue } from '#functions/worker/sweep/sweep-due.ts'
import type { RandomSource } from '../proof/create-random.ts'
import type { EventLoop, StartWorker } from './create-event-loop.ts'
import type { createFaultInjector } from './create-fault-injector.ts'
import type { Observations } from './observe-writes.ts'
import type { WorldSabotage } from './sabotage.ts'

type SchedulerSetup = {
  random: RandomSource
  loop: EventLoop
  injector: ReturnType<typeof createFaultInjector>
  observations: Observations
  sweeps: WorldSabotage['sweeps']
  worker: StartWorker
  endsAt: number
  isCalm: () => boolean
  /** Returns whether every visitor has a receipt and the queue is empty. */
  isQuiet: () => boolean
  repairCampaigns: () => void
}

/** Seconds between two ticks: with no faults, fewer are needed. */
const tickSeconds = { underFaults: 5, whenCalm: 30 }

/** Starts the sweep and offer workers, sometimes two at once, and skips the time in which nothing is due. */
export function createScheduler({
  random,
  loop,
  injector,
  observations,
  sweeps,
  worker,
  endsAt,
  isCalm,
  isQuiet,
  repairCampaigns,
}: SchedulerSetup): () => void {
  let offeredAt = 0
  const startOnceOrTwice = (name: 'sweep' | 'offer', chance: number) => {
    const work = { sweep: sweepDue, offer: offerDue }[name]
    for (let remaining = random() < chance ? 2 : 1; remaining > 0; remaining--)
      worker(name, '', (process) => work(injector.createDependencies(process)))
  }

  return function tick() {
    const horizonMs = loop.now() + loop.faultRates.skewMs + 1000
    const nextDue = observations.nextDue()
    if (sweeps === 'always' && nextDue.delivery <= horizonMs) startOnceOrTwice('sweep', 0.1)
    if (nextDue.lead <= horizonMs && loop.now() - offeredAt > 60_000) {
      offeredAt = loop.now()
      startOnceOrTwice('offer', 0.2)
    }
    // Staff react to alerts and enable the disabled endpoints again.
    if (isCalm() || random() < 0.003) repairCampaigns()
    const dueAt = Math.min(sweeps === 'always' ? nextDue.delivery : Number.POSITIVE_INFINITY, nextDue.lead)
    if (loop.now() > endsAt || (isQuiet() && dueAt === Number.POSITIVE_INFINITY)) return
    loop.at(
      Math.max(loop.now() + (isCalm() ? tickSeconds.whenCalm : tickSeconds.underFaults) * 1000, isQuiet() ? dueAt : 0),
      tick,
    )
  }
}
