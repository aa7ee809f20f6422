import { offerDue } from '#functions/worker/offer/offer-due.ts'
import { sweepDue } from '#functions/worker/sweep/sweep-due.ts'
import type { Dice } from '../proof/dice.ts'
import type { edgeOf } from './edge.ts'
import type { EventLoop } from './event-loop.ts'
import type { Seen } from './observed.ts'
import type { Sabotage } from './sabotage.ts'
import type { Worker } from './world.ts'

type Setup = {
  dice: Dice
  loop: EventLoop
  edge: ReturnType<typeof edgeOf>
  seen: Seen
  sweeps: Sabotage['sweeps']
  worker: Worker
  endsAt: number
  isCalm: () => boolean
  /** Nobody waits for an answer or in the queue. */
  isQuiet: () => boolean
  mend: () => void
}

/** Seconds between two turns: where all is well, there is less to see. */
const every = { rough: 5, calm: 30 }

/** Wakes sweeper and offerer, sometimes two at once, and lets the time pass in which nothing is due. */
export function clocks({ dice, loop, edge, seen, sweeps, worker, endsAt, isCalm, isQuiet, mend }: Setup): () => void {
  let offeredAt = 0
  const twice = (name: 'sweep' | 'offer', chance: number) => {
    const does = { sweep: sweepDue, offer: offerDue }[name]
    for (let left = dice() < chance ? 2 : 1; left > 0; left--)
      worker(name, '', (process) => does(edge.needsOf(process)))
  }

  return function tick() {
    const soon = loop.now() + loop.weather.skewMs + 1000
    const next = seen.nextDue()
    if (sweeps === 'always' && next.delivery <= soon) twice('sweep', 0.1)
    if (next.lead <= soon && loop.now() - offeredAt > 60_000) {
      offeredAt = loop.now()
      twice('offer', 0.2)
    }
    // Somebody saves the campaigns of which alerts told.
    if (isCalm() || dice() < 0.003) mend()
    const due = Math.min(sweeps === 'always' ? next.delivery : Number.POSITIVE_INFINITY, next.lead)
    if (loop.now() > endsAt || (isQuiet() && due === Number.POSITIVE_INFINITY)) return
    loop.at(Math.max(loop.now() + (isCalm() ? every.calm : every.rough) * 1000, isQuiet() ? due : 0), tick)
  }
}
