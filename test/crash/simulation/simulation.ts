import { availableParallelism } from 'node:os'
import { progress } from '../proof/progress.ts'
import type { Proof, Result, Scale } from '../proof/proof.ts'
import { onThreads } from './on-threads.ts'
import { type Outcome, oneWorld } from './one-world.ts'
import type { Sabotage } from './sabotage.ts'
import { settledTown } from './settled-town.ts'

/** Worlds of a run, one seed each, and the leads of each world. */
export type Size = { worlds: number; leads: number }
const sizes: { [size in Scale['size']]: Size } = {
  small: { worlds: 200, leads: 200 },
  // All of them take hours: WORLDS=2000 is a part of them, and Ctrl-C ends with those that were seen.
  full: { worlds: Number(process.env.WORLDS ?? 10_000), leads: 200 },
}
// Enough to see what is wrong.
const mostFaults = 20

/** The functions that are deployed, in a world that goes wrong wherever it can. */
export const simulation: Proof = {
  title: 'The production functions in simulated worlds: crashes, lost answers, throttles, skewed clocks, purged queues',
  async run({ size, seed }) {
    const { worlds, leads } = sizes[size]
    const seen = progress('worlds', worlds, { now: Date.now, say: console.error })
    const enough = new AbortController()
    if (size === 'full') process.once('SIGINT', () => enough.abort())
    const threads = availableParallelism()
    return resultOf(await onThreads({ from: seed, worlds, leads, threads, seen, enough: enough.signal }))
  },
}

/** Runs world after world from `seed` on, with a mistake in them, until one shows a fault. */
export async function sabotaged(seed: number, { worlds, leads }: Size, sabotage: Partial<Sabotage>): Promise<Result> {
  const town = await settledTown()
  const outcomes: Outcome[] = []
  for (let number = seed; number < seed + worlds; number++) {
    const outcome = await oneWorld(town, { seed: number, leads, sabotage })
    outcomes.push(outcome)
    if (outcome.faults.length > 0) break
  }
  return resultOf(outcomes)
}

function resultOf(outcomes: readonly Outcome[]): Result {
  const figures: { [what: string]: number } = {}
  for (const [what, count] of outcomes.flatMap((outcome) => Object.entries(outcome.figures)))
    figures[what] = (figures[what] ?? 0) + count
  return { figures, faults: outcomes.flatMap(({ faults }) => faults).slice(0, mostFaults) }
}
