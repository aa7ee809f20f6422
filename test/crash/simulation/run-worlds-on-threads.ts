import { Worker } from 'node:worker_threads'
import * as z from 'zod'
import { bundleProgram } from '#test/bundle-program.ts'
import type { WorldOutcome } from './check-world.ts'

const outcomeSchema = z.object({
  seed: z.int(),
  figures: z.record(z.string(), z.number()),
  faults: z.array(z.string()),
})
type WorldsSetup = {
  from: number
  worlds: number
  leads: number
  threads: number
  onOutcome: (count: number) => void
  /** Stops the run: worlds that have started are finished, and no other starts. */
  stopSignal?: AbortSignal
}

/**
 * Runs worlds on several threads. Returns their outcomes in the order of their seeds up to the first with a fault,
 * whatever the number of threads.
 *
 * @throws Error if a world has no outcome
 */
export async function runWorldsOnThreads({
  from,
  worlds,
  leads,
  threads,
  onOutcome,
  stopSignal,
}: WorldsSetup): Promise<WorldOutcome[]> {
  const outcomes = new Map<number, WorldOutcome>()
  let next = from
  // No world after the first with a fault is needed.
  let end = from + worlds

  stopSignal?.addEventListener('abort', () => {
    end = Math.min(end, next)
  })

  const program = await bundleProgram('test/crash/simulation/worlds-thread.ts')
  const thread = () =>
    new Promise<void>((resolve, reject) => {
      const worker = new Worker(program, {
        // Nearly all objects of a world are short-lived, so a large young generation saves time.
        resourceLimits: { maxYoungGenerationSizeMb: 128 },
      })
      worker.on('error', reject)
      worker.on('exit', () => resolve())
      worker.on('message', (message: unknown) => {
        if (message !== 'ready') {
          const { seed, ...outcome } = outcomeSchema.parse(message)
          outcomes.set(seed, outcome)
          if (outcome.faults.length > 0) end = Math.min(end, seed + 1)
          onOutcome(outcomes.size)
        }
        if (next >= end) return void worker.terminate()
        worker.postMessage({ seed: next++, leads })
      })
    })

  await Promise.all(Array.from({ length: Math.min(threads, worlds) }, thread))
  return Array.from({ length: end - from }, (_, at) => {
    const outcome = outcomes.get(from + at)
    if (!outcome) throw new Error(`World ${from + at} has no outcome.`)
    return outcome
  })
}
