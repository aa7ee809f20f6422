import type { HostReady, HostSettings } from '../host-settings.ts'
import type { Dice } from '../proof/dice.ts'
import { type News, within } from '../proof/news.ts'
import { type Child, startChild } from './child.ts'

/** When a host dies: so long after its start, or after so many more answers or arrivals, and a moment later. */
export type Moment = 'starting' | 'answering' | 'delivering'
type Setup = { settings: () => HostSettings; dice: Dice; answered: News; arrived: News }

const startMs = 700
const mostMs = 2000
const momentMs = 20

/** One host after the other, over the same data. Whoever wants to reach it waits until one answers. */
export function hosts({ settings, dice, answered, arrived }: Setup) {
  const killed = { starting: 0, answering: 0, delivering: 0 }
  const faults: string[] = []
  const endedThemselves: string[] = []
  let living: Child | undefined
  let reachable = Promise.withResolvers<HostReady>()
  let isReached = false

  function spawn(): Child {
    const child = startChild(settings())
    living = child
    child.ready.then((ready) => {
      if (!ready) return
      isReached = true
      reachable.resolve(ready)
    })
    return child
  }

  /** Kills the one that lives, if one does. */
  async function end() {
    if (!living) return
    const child = living
    living = undefined
    if (child.hasEnded()) endedThemselves.push(child.faults.join(' '))
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
    const some = 1 + dice.below(upTo)
    const heard = moment === 'answering' ? [answered.more(some)] : [arrived.more(some), answered.more(upTo)]
    await within(mostMs, Promise.race(heard))
    await within(dice() * momentMs, child.ended)
  }

  return {
    killed,
    faults,
    /** What those said that nobody killed. */
    endedThemselves,
    reachable: () => reachable.promise,
    end,
    /** Starts one that nobody kills before it is told to. */
    async start() {
      const child = spawn()
      if (!(await child.ready)) throw new Error(`The host did not start: ${child.faults.join('\n')}`)
    },
    /** Starts one and kills it at a moment, at the latest after `upTo` answers. */
    async liveAndDie(moment: Moment, upTo: number) {
      await untilItIsTime(moment, spawn(), upTo)
      await end()
      killed[moment] += 1
    },
  }
}
