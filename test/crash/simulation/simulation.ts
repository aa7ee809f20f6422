import { availableParallelism } from 'node:os'
import { proofSize } from '#test/test-sizes.ts'
import { createProgressReporter } from '../proof/create-progress-reporter.ts'
import type { Proof, ProofResult } from '../proof/proof.ts'
import { evaluateWorld, type WorldOutcome } from './check-world.ts'
import { prepareSystem } from './prepare-system.ts'
import { runWorldsOnThreads } from './run-worlds-on-threads.ts'
import type { WorldSabotage } from './sabotage.ts'

/** The number of worlds, each with its own seed, and the number of leads in each world. */
export type SimulationSize = { worlds: number; leads: number }
// Twenty faults are enough to find the cause.
const maxFaults = 20

/** Runs the production functions in worlds in which every effect may fail. */
export const simulation: Proof = {
  title:
    'The production functions in simulated worlds: crashes, lost responses, throttling, skewed clocks, purged queues',
  async run({ size, seed }) {
    // The full size takes hours: RUNS=2000 runs fewer worlds, and Ctrl-C reports the worlds that are finished.
    const worlds = proofSize('worlds', size)
    const leads = proofSize('leadsPerWorld', size)
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

/**
 * Runs sabotaged worlds one after the other, with odd seeds from `seed` up, until one has a fault. Only worlds of odd seeds have
 * staff who edit records and officers who read leads.
 */
export async function runSabotagedWorlds(
  seed: number,
  { worlds, leads }: SimulationSize,
  sabotage: Partial<WorldSabotage>,
): Promise<ProofResult> {
  const system = await prepareSystem()
  const outcomes: WorldOutcome[] = []
  for (let worldSeed = seed | 1; outcomes.length < worlds; worldSeed += 2) {
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
