import { type Child, startChild } from './child.ts'
import type { Dice } from './dice.ts'
import type { HostReady, HostSettings } from './host-settings.ts'
import { type News, within } from './news.ts'

/** When a host dies: so long after its start, or after so many more answers or arrivals, and a moment later. */
export const moments = ['starting', 'answering', 'delivering'] as const
export type Moment = (typeof moments)[number]
export type Hosts = ReturnType<typeof hosts>
type Setup = { settings: (life: number) => HostSettings; dice: Dice; answered: News; arrived: News }

const startMs = 700
const mostMs = 5000
const momentMs = 20

/** One host after the other, over the same data. Whoever wants to reach it waits until one answers. */
export function hosts({ settings, dice, answered, arrived }: Setup) {
  const killed = { starting: 0, answering: 0, delivering: 0 }
  const faults: string[] = []
  let lives = 0
  let reachable = Promise.withResolvers<HostReady>()
  let isReached = false

  function start(): Child {
    const child = startChild(settings(lives))
    lives += 1
    child.ready.then((ready) => {
      if (!ready) return
      isReached = true
      reachable.resolve(ready)
    })
    return child
  }

  async function end(child: Child) {
    forgetIt()
    await child.kill()
    // It may have become ready while it was killed.
    forgetIt()
    faults.push(...child.faults)
  }

  // Who waits for one that never came waits on for the next.
  function forgetIt() {
    if (isReached) reachable = Promise.withResolvers()
    isReached = false
  }

  async function untilItIsTime(moment: Moment, child: Child, upTo: number) {
    if (moment === 'starting') return within(dice.below(startMs), child.ended)
    if (!(await child.ready)) return
    const heard = moment === 'answering' ? answered : arrived
    await within(mostMs, heard.more(1 + dice.below(upTo)))
    await within(dice() * momentMs, child.ended)
  }

  return {
    killed,
    faults,
    reachable: () => reachable.promise,
    /** Starts one that nobody kills before it is told to. */
    async started() {
      const child = start()
      if (!(await child.ready)) throw new Error(`The host did not start: ${child.faults.join('\n')}`)
      return { end: () => end(child) }
    },
    /** Starts one and kills it at a moment, at the latest after `upTo` answers or arrivals. */
    async liveAndDie(moment: Moment, upTo: number) {
      const child = start()
      await untilItIsTime(moment, child, upTo)
      await end(child)
      killed[moment] += 1
    },
  }
}
