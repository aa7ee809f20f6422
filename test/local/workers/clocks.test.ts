import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { startClocks } from '#local/workers/clocks.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('a clock', () => {
  it('runs its task at once and then at its period, until it is stopped', async () => {
    let runs = 0
    const run = async () => {
      runs += 1
    }
    const clocks = startClocks([{ everySeconds: 60, run }], failed)
    expect(runs).toBe(1)
    await vi.advanceTimersByTimeAsync(120_000)
    expect(runs).toBe(3)
    await clocks.stop()
    await vi.advanceTimersByTimeAsync(120_000)
    expect(runs).toBe(3)
  })

  it('does not start a task again that is still running, and stops only after it', async () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    let runs = 0
    const run = () => {
      runs += 1
      return promise
    }
    const clocks = startClocks([{ everySeconds: 1, run }], failed)
    await vi.advanceTimersByTimeAsync(5000)
    expect(runs).toBe(1)
    const stopped = vi.fn()
    const stopping = clocks.stop().then(stopped)
    await vi.advanceTimersByTimeAsync(5000)
    expect(stopped).not.toHaveBeenCalled()
    resolve()
    await stopping
  })

  it('goes on after a run that failed, and tells it', async () => {
    const failures: unknown[] = []
    const run = () => Promise.reject(new Error('broken'))
    const clocks = startClocks([{ everySeconds: 1, run }], (error) => failures.push(error))
    await vi.advanceTimersByTimeAsync(2000)
    expect(failures).toHaveLength(3)
    await clocks.stop()
  })
})

function failed(error: unknown) {
  throw error
}
