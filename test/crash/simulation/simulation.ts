import { availableParallelism } from 'node:os'
import { createProgressReporter } from '../proof/create-progress-reporter.ts'
import type { Proof, ProofResult, ProofScale } from '../proof/proof.ts'
import { evaluateWorld, type WorldOutcome } from './evaluate-world.ts'
import { prepareSystem } from './prepare-system.ts'
import { runWorldsOnThreads } from './run-worlds-on-threads.ts'
import type { WorldSabotage } from './sabotage.ts'

/** Worlds of a run, one seed each, and the leads of each world. */
export type SimulationSize = { worlds: number; leads: number }
const sizes: { [size in ProofScale['size']]: SimulationSize } = {
  small: { worlds: 200, leads: 200 },
  // All of them take hours: WORLDS=2000 is a part of them, and Ctrl-C ends with those that were seen.
  full: { worlds: Number(process.env.WORLDS ?? 10_000), leads: 200 },
}
// Enough to see what is wrong.
const maxFaults = 20

/** The functions that are deployed, in a world that goes wrong wherever it can. */
export const simulation: Proof = {
  title: 'The production functions in simulated worlds: crashes, lost answers, throttles, skewed clocks, purged queues',
  async run({ size, seed }) {
    const { worlds, leads } = sizes[size]
    const reportProgress = createProgressReporter('worlds', worlds, { now: Date.now, write: console.error })
    const stopController = new AbortController()
    if (size === 'full') process.once('SIGINT', () => stopController.abort())
    const threads = availableParallelism()
    return mergeOutcomes(
      await runWorldsOnThreads({
        from: seed,
        worlds,
        leads,
        threads,
        onOutcome: reportProgress,
        stopSignal: stopController.signal,
      }),
    )
  },
}

/** Runs world after world from `seed` on, with a mistake in them, until one shows a fault. */
export async function runSabotagedWorlds(
  seed: number,
  { worlds, leads }: SimulationSize,
  sabotage: Partial<WorldSabotage>,
): Promise<ProofResult> {
  const system = await prepareSystem()
  const outcomes: WorldOutcome[] = []
  for (let worldSeed = seed; worldSeed < seed + worlds; worldSeed++) {
    const outcome = await evaluateWorld(system, { seed: worldSeed, leads, sabotage })
    outcomes.push(outcome)
    if (outcome.faults.length > 0) break
  }
  return mergeOutcomes(outcomes)
}

function mergeOutcomes(outcomes: readonly WorldOutcome[]): ProofResult {
  const figures: { [what: string]: number } = {}
  for (const [what, count] of outcomes.flatMap((outcome) => Object.entries(outcome.figures)))
    figures[what] = (figures[what] ?? 0) + count
  return { figures, faults: outcomes.flatMap(({ faults }) => faults).slice(0, maxFaults) }
}
