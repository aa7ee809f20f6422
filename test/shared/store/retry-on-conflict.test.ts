import { describe, expect, it } from 'vitest'
import { conflictRefusal, retryOnConflict } from '#shared/store/retry-on-conflict.ts'

describe('retryOnConflict', () => {
  it('returns the first result that is not a conflict', async () => {
    const { work, countCalls } = aWriter('conflict', 'conflict', 'saved')
    expect(await retryOnConflict(5, work)).toBe('saved')
    expect(countCalls()).toBe(3)
  })

  it('runs the work once if the first attempt succeeds', async () => {
    const { work, countCalls } = aWriter('saved')
    expect(await retryOnConflict(5, work)).toBe('saved')
    expect(countCalls()).toBe(1)
  })

  it('accepts undefined as a result', async () => {
    expect(await retryOnConflict(5, async () => undefined)).toBeUndefined()
  })

  it('succeeds on the last attempt that the limit allows', async () => {
    const { work } = aWriter('conflict', 'conflict', 'saved')
    expect(await retryOnConflict(3, work)).toBe('saved')
  })

  it('returns the conflict after as many attempts as the limit allows', async () => {
    const { work, countCalls } = aWriter('conflict')
    expect(await retryOnConflict(4, work)).toBe('conflict')
    expect(countCalls()).toBe(4)
  })

  it('stops at an error and passes it on', async () => {
    let calls = 0
    const work = async () => {
      calls++
      throw new Error('The table is not reachable.')
    }
    await expect(retryOnConflict(4, work)).rejects.toThrow('The table is not reachable.')
    expect(calls).toBe(1)
  })

  it('keeps every one of many increments that compete for one row', async () => {
    const row = { version: 0, value: 0 }
    const increment = async () => {
      const { version, value } = { ...row }
      await Promise.resolve()
      if (row.version !== version) return 'conflict'
      Object.assign(row, { version: version + 1, value: value + 1 })
      return 'saved'
    }
    const results = await Promise.all(Array.from({ length: 20 }, () => retryOnConflict(20, increment)))
    expect(results).toEqual(Array(20).fill('saved'))
    expect(row.value).toBe(20)
  })
})

describe('conflictRefusal', () => {
  it('asks the client to send the same request again after a second', () => {
    expect(conflictRefusal()).toMatchObject({
      headers: { 'retry-after': '1' },
      detail: 'Another change was made at the same time. Send the same request again.',
    })
  })
})

/** Returns the results in order, the last of them for ever. */
function aWriter(...results: ('conflict' | 'saved')[]) {
  let calls = 0
  const work = async () => results[Math.min(calls++, results.length - 1)] ?? 'conflict'
  return { work, countCalls: () => calls }
}
