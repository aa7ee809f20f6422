import { describe, expect, it } from 'vitest'
import { testSeed } from '#test/test-seed.ts'
import { checkWorld } from './check-world.ts'
import { prepareSystem } from './prepare-system.ts'
import { runWorld } from './run-world.ts'
import { runWorldsOnThreads } from './run-worlds-on-threads.ts'
import { sabotages } from './sabotage.ts'
import { runSabotagedWorlds, simulation } from './simulation.ts'

// A run with SEED=... prints each step of that one world.
const isRerun = process.env.SEED !== undefined
const leads = Number(process.env.LEADS ?? 40)
const seed = testSeed()
/** The first world of each negative control. A random one might need many worlds. */
const controlSeed = 5
/** In worlds with few leads no cap is reached by several at once. */
const crowdedSabotage = 'caps are checked without a conditional write'

describe('simulation with faults', { timeout: 1_800_000 }, () => {
  it('loses no lead, makes every repeat recognizable, and delivers only to named schools', async () => {
    const { faults } = isRerun
      ? await checkWorld(await runWorld(await prepareSystem(), { seed, leads, onStep: console.log }))
      : await simulation.run({ size: 'small', seed })
    expect(faults).toEqual([])
  })

  it('repeats the same steps for the same seed', async () => {
    const system = await prepareSystem()
    const runTrace = async (plan: { seed: number }) => (await runWorld(system, { leads: 20, ...plan })).loop.trace()
    const trace = await runTrace({ seed })
    expect(await runTrace({ seed })).toEqual(trace)
    expect(await runTrace({ seed: seed + 1 })).not.toEqual(trace)
  })

  it('has the same outcomes on one thread and on two, and stops on a signal', async () => {
    const plan = { from: seed, worlds: 3, leads: 10 }
    const singleThreadOutcomes = await runWorldsOnThreads({ ...plan, threads: 1, onOutcome: () => {} })
    expect(singleThreadOutcomes).toHaveLength(3)
    expect(await runWorldsOnThreads({ ...plan, threads: 2, onOutcome: () => {} })).toEqual(singleThreadOutcomes)
    const stopController = new AbortController()
    const partialOutcomes = await runWorldsOnThreads({
      ...plan,
      threads: 1,
      onOutcome: () => stopController.abort(),
      stopSignal: stopController.signal,
    })
    expect(partialOutcomes).toEqual(singleThreadOutcomes.slice(0, 1))
  })

  it.each(Object.entries(sabotages))('detects: %s', async (mistake, sabotage) => {
    const size = { worlds: 200, leads: mistake === crowdedSabotage ? 120 : 40 }
    const { faults } = await runSabotagedWorlds(controlSeed, size, sabotage)
    expect(faults).not.toEqual([])
  })
})
