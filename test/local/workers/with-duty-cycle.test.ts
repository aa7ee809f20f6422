import { describe, expect, it } from 'vitest'
import { withDutyCycle } from '#local/workers/with-duty-cycle.ts'

describe('work that rests', () => {
  it.each([
    { takes: 0, runs: 100 },
    { takes: 50, runs: 50 },
    { takes: 1_000, runs: 3 },
  ])('and takes $takes ms is done $runs times in 100 ticks of half a second', async ({ takes, runs }) => {
    let now = 0
    let runCount = 0
    const work = withDutyCycle(
      async () => {
        runCount += 1
        now += takes
      },
      () => new Date(now),
    )
    for (let tick = 0; tick < 100; tick++) {
      now = Math.max(now, tick * 500)
      await work()
    }
    expect(runCount).toBe(runs)
  })

  it('rests after a failure, too, only as long as a tick', async () => {
    let tries = 0
    const work = withDutyCycle(
      async () => {
        tries += 1
        throw new Error('It broke.')
      },
      () => new Date(0),
    )
    await expect(work()).rejects.toThrow('It broke.')
    await expect(work()).rejects.toThrow('It broke.')
    expect(tries).toBe(2)
  })
})
