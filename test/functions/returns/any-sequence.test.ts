import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkControl } from '#test/check-control.ts'
import { withLatency, withUnreleasedCaps } from '#test/functions/routing/faulty-engines.ts'
import { testSeed } from '#test/test-seed.ts'
import { testRuns } from '#test/test-sizes.ts'
import { commands, everyAct, findFaults } from './any-sequence.ts'
import { forgottenReversals, unconditionalReturns } from './faulty-stores.ts'

const seed = testSeed()
const numRuns = testRuns('commandSequences')
const timeoutMs = 600_000

describe('any concurrent sequence of returns, decisions, replays, bounces and erasures', () => {
  it(
    `never returns or decides a lead twice and keeps caps, budgets and credit equal to what is sold (seed ${seed})`,
    async () => {
      const total = { accepted: 0, refused: 0, redelivered: 0 }
      const holds = fc.asyncProperty(commands, async (sequence) => {
        const { faults, seen: counts } = await findFaults(sequence, withLatency)
        for (const [what, count] of Object.entries(counts)) total[what as keyof typeof total] += count
        expect(faults).toEqual([])
      })
      await fc.assert(holds, { seed, numRuns, examples: [[everyAct]] })
      console.log(`seed ${seed}, ${numRuns} sequences:`, total)
      expect(total.accepted + total.refused).toBeGreaterThan(0)
    },
    timeoutMs,
  )

  it.each([
    ['a store that decides without a condition', unconditionalReturns, /counts .*, and \d+ are there|decided more/],
    ['caps that are never released', withUnreleasedCaps, /counts .*, and \d+ are there/],
    ['a charge that is not made again after a bounce', forgottenReversals, /its ledger/],
  ])(
    'detects: %s',
    async (_, sabotage, fault) => {
      let faultText = ''
      const holds = fc.asyncProperty(commands, async (sequence) => {
        const { faults } = await findFaults(sequence, (engine) => sabotage(withLatency(engine)))
        faultText ||= faults.join()
        return faults.length === 0
      })
      const { failed, numRuns: runs } = await checkControl(holds, { numRuns: 300, examples: [[everyAct]] })
      console.log(`${sabotage.name}: seen after ${runs} sequences`)
      expect(failed).toBe(true)
      expect(faultText).toMatch(fault)
    },
    timeoutMs,
  )
})
