import type { HostReady, HostSettings } from '../host-settings.ts'
import { type EventCounter, settlesWithin } from '../proof/create-event-counter.ts'
import type { RandomSource } from '../proof/create-random.ts'
import { type HostProcess, startHostProcess } from './start-host-process.ts'

/** When a host dies: so long after its start, or after so many more answers or arrivals, and a moment later. */
export type KillMoment = 'starting' | 'answering' | 'delivering'
type HostSequenceSetup = {
  settings: () => HostSettings
  random: RandomSource
  answeredLeads: EventCounter
  schoolRequests: EventCounter
}

const startMs = 700
const maxMs = 2000
const momentMs = 20

/** One host after the other, over the same data. Whoever wants to reach it waits until one answers. */
export function createHostSequence({ settings, random, answeredLeads, schoolRequests }: HostSequenceSetup) {
  const killed = { starting: 0, answering: 0, delivering: 0 }
  const faults: string[] = []
  const unexpectedExits: string[] = []
  let currentHost: HostProcess | undefined
  let reachable = Promise.withResolvers<HostReady>()
  let isReachable = false

  function startNext(): HostProcess {
    const child = startHostProcess(settings())
    currentHost = child
    child.ready.then((ready) => {
      if (!ready) return
      isReachable = true
      reachable.resolve(ready)
    })
    return child
  }

  /** Kills the one that lives, if one does. */
  async function killCurrent() {
    if (!currentHost) return
    const child = currentHost
    currentHost = undefined
    if (child.hasEnded()) unexpectedExits.push(child.faults.join(' '))
    resetReachable()
    await child.kill()
    // It may have become ready while it was killed.
    resetReachable()
    faults.push(...child.faults)
  }

  // Who waits for one that never came waits on for the next.
  function resetReachable() {
    if (isReachable) reachable = Promise.withResolvers()
    isReachable = false
  }

  async function waitForKillMoment(moment: KillMoment, child: HostProcess, maxAnswers: number) {
    if (moment === 'starting') return settlesWithin(random.below(startMs), child.ended)
    if (!(await child.ready)) return
    const eventCount = 1 + random.below(maxAnswers)
    const events =
      moment === 'answering'
        ? [answeredLeads.waitForMore(eventCount)]
        : [schoolRequests.waitForMore(eventCount), answeredLeads.waitForMore(maxAnswers)]
    await settlesWithin(maxMs, Promise.race(events))
    await settlesWithin(random() * momentMs, child.ended)
  }

  return {
    killed,
    faults,
    /** What those said that nobody killed. */
    endedThemselves: unexpectedExits,
    reachable: () => reachable.promise,
    end: killCurrent,
    /** Starts one that nobody kills before it is told to. */
    async start() {
      const child = startNext()
      if (!(await child.ready)) throw new Error(`The host did not start: ${child.faults.join('\n')}`)
    },
    /** Starts one and kills it at a moment, at the latest after `upTo` answers. */
    async runAndKill(moment: KillMoment, maxAnswers: number) {
      await waitForKillMoment(moment, startNext(), maxAnswers)
      await killCurrent()
      killed[moment] += 1
    },
  }
}
