import { Worker } from 'node:worker_threads'
import * as z from 'zod'
import type { WorldOutcome } from './evaluate-world.ts'

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
  /** Where somebody has seen enough: worlds that are under way come to their end, and no other begins. */
  stopSignal?: AbortSignal
}

/**
 * Goes through worlds side by side: the outcome of each in the order of their seeds, up to the first with a fault. It
 * does not depend on how many threads there are.
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
  // Beyond the first world with a fault there is nothing to know.
  let end = from + worlds

  stopSignal?.addEventListener('abort', () => {
    end = Math.min(end, next)
  })

  const thread = () =>
    new Promise<void>((resolve, reject) => {
      const worker = new Worker(new URL('./worlds-thread.ts', import.meta.url), {
        // What a world leaves behind dies young.
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
    if (!outcome) throw new Error(`World ${from + at} was never seen to its end.`)
    return outcome
  })
}
