import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { describe, expect, it } from 'vitest'
import { createSqliteEngine } from '#shared/store/engine/sqlite/sqlite.ts'
import { createWriteTurns } from '#shared/store/engine/sqlite/sqlite-write-turns.ts'
import { shapes } from '../shapes.ts'
import { countKey, countsPerWriter, countTogether } from './count-together.ts'

const createShared = () => new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)

describe('threads that take turns', () => {
  it('write to one file without a conflict, and lose no write', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'prospectus-turns-'))
    const path = join(folder, 'engine.db')
    const turns = createShared()
    const engine = createSqliteEngine({ path, shapes, writeTurns: turns, now: () => new Date() })
    const thread = new Worker(new URL('./write-in-thread.ts', import.meta.url), { workerData: { path, turns } })
    const exit = once(thread, 'exit')
    const [conflicts, [conflictsOfThread]] = await Promise.all([countTogether(engine), once(thread, 'message')])
    expect([conflicts, conflictsOfThread]).toEqual([0, 0])
    expect(await engine.get({ in: 'things', key: countKey })).toMatchObject({ count: 2 * countsPerWriter })
    await exit
    await engine.close()
    rmSync(folder, { recursive: true })
  })

  it('wait without blocking until the turn of another ends', async () => {
    const shared = createShared()
    const state = new Int32Array(shared)
    state[0] = 1
    const { promise, resolve } = Promise.withResolvers<string>()
    let isDone = false
    createWriteTurns(shared).take(() => {
      isDone = true
      resolve('done')
    })
    expect(isDone).toBe(false)
    Atomics.store(state, 0, 0)
    Atomics.notify(state, 0, 1)
    expect(await promise).toBe('done')
  })

  it('end their turn if their work throws', () => {
    const turns = createWriteTurns(createShared())
    expect(() =>
      turns.take(() => {
        throw new Error('broken')
      }),
    ).toThrow('broken')
    let count = 0
    turns.take(() => {
      count += 1
    })
    expect(count).toBe(1)
  })
})
