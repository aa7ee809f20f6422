import { describe, expect, it } from 'vitest'
import { testSeed } from '../proof/test-seed.ts'
import { onThreads } from './on-threads.ts'
import { mistakes } from './sabotage.ts'
import { settledTown } from './settled-town.ts'
import { showWorld } from './show-world.ts'
import { sabotaged, simulation } from './simulation.ts'
import { runWorld } from './world.ts'

const again = process.env.SEED !== undefined
const leads = Number(process.env.LEADS ?? 40)
const seed = testSeed()

describe('a simulated world in which everything may go wrong', { timeout: 1_800_000 }, () => {
  it('loses no lead, repeats none unknowably, and gives none to whom it is not meant for', async () => {
    const { faults } = again
      ? await showWorld({ seed, leads }, console.log)
      : await simulation.run({ size: 'small', seed })
    expect(faults).toEqual([])
  })

  it('is the same again for the same seed, step by step', async () => {
    const town = await settledTown()
    const trace = async (plan: { seed: number }) => (await runWorld(town, { leads: 40, ...plan })).loop.trace()
    expect(await trace({ seed })).toEqual(await trace({ seed }))
    expect(await trace({ seed })).not.toEqual(await trace({ seed: seed + 1 }))
  })

  it('comes to the same on one thread and on two, and ends where somebody has seen enough', async () => {
    const plan = { from: seed, worlds: 4, leads: 20 }
    const alone = await onThreads({ ...plan, threads: 1, seen: () => {} })
    expect(alone).toHaveLength(4)
    expect(await onThreads({ ...plan, threads: 2, seen: () => {} })).toEqual(alone)
    const enough = new AbortController()
    const some = await onThreads({ ...plan, threads: 1, seen: () => enough.abort(), enough: enough.signal })
    expect(some).toEqual(alone.slice(0, 1))
  })

  it.each(Object.entries(mistakes))('would notice %s', async (_, mistake) => {
    const { faults } = await sabotaged(seed, { worlds: 200, leads: 120 }, mistake)
    expect(faults).not.toEqual([])
  })
})
