import { checkWorld } from './check-world.ts'
import type { PreparedSystem } from './prepare-system.ts'
import { runWorld } from './run-world.ts'
import type { WorldSabotage } from './sabotage.ts'

export type WorldOutcome = { figures: { [what: string]: number }; faults: string[] }
export type WorldOptions = { seed: number; leads: number; sabotage?: Partial<WorldSabotage> }

/** Goes through one world, and says what was seen in it and how to see it again. */
export async function evaluateWorld(
  system: PreparedSystem,
  { seed, leads, sabotage }: WorldOptions,
): Promise<WorldOutcome> {
  const world = await runWorld(system, { seed, leads, ...(sabotage && { sabotage }) })
  const { faults, figures } = await checkWorld(world)
  const reproduceHint = `SEED=${seed} LEADS=${leads} vitest run test/crash/simulation/simulation.test.ts shows its steps`
  return {
    figures: { worlds: 1, leads, ...world.figures, ...figures },
    faults: faults.map((fault) => `world ${seed} (${reproduceHint}): ${fault}`),
  }
}
