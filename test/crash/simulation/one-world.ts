import { judge } from './oracle.ts'
import type { Sabotage } from './sabotage.ts'
import type { SettledTown } from './settled-town.ts'
import { runWorld } from './world.ts'

export type Outcome = { figures: { [what: string]: number }; faults: string[] }
export type Of = { seed: number; leads: number; sabotage?: Partial<Sabotage> }

/** Goes through one world, and says what was seen in it and how to see it again. */
export async function oneWorld(town: SettledTown, { seed, leads, sabotage }: Of): Promise<Outcome> {
  const world = await runWorld(town, { seed, leads, ...(sabotage && { sabotage }) })
  const { faults, figures } = await judge(world)
  const again = `SEED=${seed} LEADS=${leads} vitest run test/crash/simulation/simulation.test.ts shows its steps`
  return {
    figures: { worlds: 1, leads, ...world.figures, ...figures },
    faults: faults.map((fault) => `world ${seed} (${again}): ${fault}`),
  }
}
