import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSqliteEngine } from '#shared/store/engine/sqlite/sqlite.ts'
import { shapes } from '../shapes.ts'

const first = { pk: 'A', sk: '1' }
const second = { pk: 'A', sk: '2' }
let folder = ''
const openEngine = () =>
  createSqliteEngine<keyof typeof shapes>({
    path: join(folder, 'engine.db'),
    shapes,
    remembered: ['others'],
    now: () => new Date('2026-05-01T12:00:00Z'),
  })

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'prospectus-together-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('writeTogether of the SQLite engine', () => {
  it('shows its writes to itself at once, and to another connection when it has ended', async () => {
    const [engine, other] = [openEngine(), openEngine()]
    await engine.writeTogether(async () => {
      await engine.transact([{ in: 'things', put: first }])
      await engine.transact([{ in: 'others', put: second }])
      expect(await engine.get({ in: 'things', key: first })).toEqual(first)
      expect(await other.get({ in: 'things', key: first })).toBeUndefined()
    })
    expect(await other.get({ in: 'things', key: first })).toEqual(first)
    expect(await other.get({ in: 'others', key: second })).toEqual(second)
    await Promise.all([engine.close(), other.close()])
  })

  it('stores nothing if the work fails, and forgets what it read meanwhile', async () => {
    const engine = openEngine()
    const work = engine.writeTogether(async () => {
      await engine.transact([{ in: 'others', put: first }])
      await engine.get({ in: 'others', key: first })
      throw new Error('interrupted')
    })
    await expect(work).rejects.toThrow('interrupted')
    expect(await engine.get({ in: 'others', key: first })).toBeUndefined()
    expect(await engine.transact([{ in: 'others', put: first }])).toEqual({ done: true })
    await engine.close()
  })

  it('refuses a write whose condition does not hold without losing the others', async () => {
    const engine = openEngine()
    await engine.writeTogether(async () => {
      await engine.transact([{ in: 'things', put: first }])
      const again = await engine.transact([{ in: 'things', put: first, when: { exists: false } }])
      expect(again).toEqual({ done: false, refused: ['condition'] })
      await engine.transact([{ in: 'things', put: second }])
    })
    expect((await engine.query({ in: 'things', pk: 'A', limit: 5 })).items).toEqual([first, second])
    await engine.close()
  })
})
