import type { HostReady, HostSettings } from '../host-settings.ts'
import { type EventCounter, settlesWithin } from '../proof/create-event-counter.ts'
import type { RandomSource } from '../proof/create-random.ts'
import { type HostProcess, startHostProcess } from './start-host-process.ts'

/** When to kill a host: a time after its start, or after a number of further responses or arrivals. */
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

/** Runs one host after the other on the same data. Callers wait until one is ready. */
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

  /** Kills the current host, if there is one. */
  async function killCurrent() {
    if (!currentHost) return
    const child = currentHost
    currentHost = undefined
    if (child.hasEnded()) unexpectedExits.push(child.faults.join(' '))
    resetReachable()
    await child.kill()
    // The host may have become ready during the kill.
    resetReachable()
    faults.push(...child.faults)
  }

  // Callers that waited for a host that never became ready wait for the next.
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
    /** Faults that the hosts logged. */
    endedThemselves: unexpectedExits,
    reachable: () => reachable.promise,
    end: killCurrent,
    /** Starts a host that is not killed automatically. */
    async start() {
      const child = startNext()
      if (!(await child.ready)) throw new Error(`The host did not start: ${child.faults.join('\n')}`)
    },
    /** Starts a host and kills it, at the latest after `upTo` responses. */
    async runAndKill(moment: KillMoment, maxAnswers: number) {
      await waitForKillMoment(moment, startNext(), maxAnswers)
      await killCurrent()
      killed[moment] += 1
    },
  }
}
