import { describe, expect, it } from 'vitest'
import { withDutyCycle } from '#local/workers/with-duty-cycle.ts'

describe('work with a duty cycle', () => {
  it.each([
    { takes: 0, runs: 100 },
    { takes: 50, runs: 50 },
    { takes: 1_000, runs: 3 },
  ])('runs $runs times in 100 ticks of 500 ms if it takes $takes ms', async ({ takes, runs }) => {
    let now = 0
    let runCount = 0
    const work = withDutyCycle(
      async () => {
        runCount += 1
        now += takes
      },
      () => now,
    )
    for (let tick = 0; tick < 100; tick++) {
      now = Math.max(now, tick * 500)
      await work()
    }
    expect(runCount).toBe(runs)
  })

  it('runs again at the next tick after a failure', async () => {
    let tries = 0
    const work = withDutyCycle(
      async () => {
        tries += 1
        throw new Error('It broke.')
      },
      () => 0,
    )
    await expect(work()).rejects.toThrow('It broke.')
    await expect(work()).rejects.toThrow('It broke.')
    expect(tries).toBe(2)
  })
})
