import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { startScheduledTasks } from '#local/workers/start-scheduled-tasks.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('scheduled task', () => {
  it('runs at once and then at its period, until it is stopped', async () => {
    let runs = 0
    const run = async () => {
      runs += 1
    }
    const scheduledTasks = startScheduledTasks([{ everySeconds: 60, run }], throwError)
    expect(runs).toBe(1)
    await vi.advanceTimersByTimeAsync(120_000)
    expect(runs).toBe(3)
    await scheduledTasks.stop()
    await vi.advanceTimersByTimeAsync(120_000)
    expect(runs).toBe(3)
  })

  it('does not start while it still runs, and is awaited on stop', async () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    let runs = 0
    const run = () => {
      runs += 1
      return promise
    }
    const scheduledTasks = startScheduledTasks([{ everySeconds: 1, run }], throwError)
    await vi.advanceTimersByTimeAsync(5000)
    expect(runs).toBe(1)
    const stopped = vi.fn()
    const stopping = scheduledTasks.stop().then(stopped)
    await vi.advanceTimersByTimeAsync(5000)
    expect(stopped).not.toHaveBeenCalled()
    resolve()
    await stopping
  })

  it('continues after a failed run, and logs the failure', async () => {
    const failures: unknown[] = []
    const run = () => Promise.reject(new Error('broken'))
    const scheduledTasks = startScheduledTasks([{ everySeconds: 1, run }], (error) => failures.push(error))
    await vi.advanceTimersByTimeAsync(2000)
    expect(failures).toHaveLength(3)
    await scheduledTasks.stop()
  })
})

function throwError(error: unknown) {
  throw error
}
