import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Engine } from '#shared/store/engine/engine.ts'
import type { Table } from '#shared/store/keys.ts'
import { checkControl } from '#test/check-control.ts'
import { memoryEngine } from '#test/memory-engine.ts'
import { testSeed } from '#test/test-seed.ts'
import { testRuns } from '#test/test-sizes.ts'
import { type Command, commands, everyOutcome, findFaults } from './command-sequences.ts'
import { withLatency, withNaiveCaps, withUnreleasedCaps } from './faulty-engines.ts'

const seed = testSeed()
const numRuns = testRuns('commandSequences')
const timeoutMs = 600_000

describe('any sequence of leads, rejections, failures, offers and hours', () => {
  it(
    `keeps every cap exact, sends no lead twice or without consent, and loses none (seed ${seed})`,
    async () => {
      const total = { leads: 0, rejected: 0, dead: 0, delivered: 0, sold: 0 }
      const holds = fc.asyncProperty(commands, async (sequence) => {
        const { faults, totals: counts } = await findFaults(sequence, { createEngine: createDistantEngine })
        for (const [what, count] of Object.entries(counts)) total[what as keyof typeof total] += count
        expect(faults).toEqual([])
      })
      await fc.assert(holds, { seed, numRuns, examples: [[everyOutcome]] })
      console.log(`seed ${seed}, ${numRuns} sequences:`, total)
      expect(Object.values(total).every((count) => count > 0)).toBe(true)
    },
    timeoutMs,
  )

  it.each<[string, typeof withNaiveCaps, Command[], RegExp]>([
    [
      'a cap that is read and then written',
      withNaiveCaps,
      [{ do: 'submit', people: [1, 2, 3, 4, 5], tick: ['alder'] }],
      /over its cap/,
    ],
    ['a cap that is never released', withUnreleasedCaps, everyOutcome, /counts \d+ in .*, and \d+ are there/],
  ])(
    'detects: %s',
    async (_, sabotage, example, fault) => {
      const createEngine = (now: () => Date) => sabotage(createDistantEngine(now))
      // Taken from the run that failed, because repeating it can end differently.
      let failureText = ''
      const holds = fc.asyncProperty(commands, async (sequence) => {
        const { faults } = await findFaults(sequence, { createEngine })
        failureText ||= faults.join()
        return faults.length === 0
      })
      const { failed } = await checkControl(holds, { numRuns: 200, examples: [[example]] })
      expect(failed).toBe(true)
      expect(failureText).toMatch(fault)
    },
    timeoutMs,
  )
})

function createDistantEngine(now: () => Date): Engine<Table> {
  return withLatency(memoryEngine(now))
}
