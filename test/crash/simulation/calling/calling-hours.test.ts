import { expect, it } from 'vitest'
import { evaluateWorld } from '../check-world.ts'
import { prepareSystem } from '../prepare-system.ts'
import { runWorld } from '../run-world.ts'
import { isCallable, waitingCampaign } from './find-calling-faults.ts'
import { ignoredCallingHours, nightOutage } from './night-outage.ts'

/** A world without staff, in which the school is down from the first lead until the night. */
const plan = { seed: 8, leads: 20 }

it('sends what was due at night in the morning, and nothing before', async () => {
  const system = await prepareSystem()
  expect((await evaluateWorld(system, { ...plan, sabotage: nightOutage })).faults).toEqual([])
  const { schools } = await runWorld(system, { ...plan, sabotage: nightOutage })
  const arrivals = schools.log.filter(({ schoolId }) => schoolId === waitingCampaign)
  expect(arrivals.length).toBeGreaterThan(0)
  expect(arrivals.every(({ at }) => isCallable(at))).toBe(true)
})

it('detects: retries that do not wait until the visitor may be called', async () => {
  const { faults } = await evaluateWorld(await prepareSystem(), { ...plan, sabotage: ignoredCallingHours })
  expect(faults).toContainEqual(expect.stringContaining('when its visitor may not be called'))
})

it.each([
  ['2026-11-23T14:59:59.000Z', false],
  ['2026-11-23T15:00:00.000Z', true],
  ['2026-11-24T02:59:59.000Z', true],
  ['2026-11-24T03:00:00.000Z', false],
  ['2026-11-29T17:59:59.000Z', false],
  ['2026-11-29T18:00:00.000Z', true],
])('knows whether someone in Austin may be called at %s', (at, expected) => {
  expect(isCallable(Date.parse(at))).toBe(expected)
})
