import type { Proof, Result, Scale } from './proof.ts'
import { judge } from './simulation/oracle.ts'
import type { Sabotage } from './simulation/sabotage.ts'
import { settledTown } from './simulation/settled-town.ts'
import { runWorld } from './simulation/world.ts'

/** Worlds of a run, one seed each, and the leads of each world. */
export type Size = { worlds: number; leads: number }
// One core goes through a world of 200 leads in one to three seconds.
const sizes: { [size in Scale['size']]: Size } = {
  small: { worlds: 60, leads: 40 },
  // All of them take hours: WORLDS=200 is a part of them.
  full: { worlds: Number(process.env.WORLDS ?? 10_000), leads: 200 },
}
// Enough to see what is wrong.
const mostFaults = 20

/** The functions that are deployed, in a world that goes wrong wherever it can. */
export const simulation: Proof = {
  title: 'The production functions in simulated worlds: crashes, lost answers, throttles, skewed clocks, purged queues',
  run: ({ size, seed }) => simulate(seed, sizes[size]),
}

/**
 * Runs world after world from `seed` on, until one shows a fault. `sabotage` is what is wrong with them, to see that it
 * would be noticed.
 */
export async function simulate(seed: number, { worlds, leads }: Size, sabotage?: Partial<Sabotage>): Promise<Result> {
  const town = await settledTown()
  const sums: { [what: string]: number } = { worlds: 0, leads: 0 }
  for (let number = seed; number < seed + worlds; number++) {
    const world = await runWorld(town, { seed: number, leads, ...(sabotage && { sabotage }) })
    const { faults, figures } = await judge(world)
    await world.engine.close()
    for (const [what, count] of Object.entries({ worlds: 1, leads, ...world.figures, ...figures }))
      sums[what] = (sums[what] ?? 0) + count
    const again = `world ${number} (SEED=${number} LEADS=${leads} vitest run test/crash/simulation.test.ts shows its steps)`
    if (faults.length > 0)
      return { figures: sums, faults: faults.slice(0, mostFaults).map((one) => `${again}: ${one}`) }
  }
  return { figures: sums, faults: [] }
}
