import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSqliteEngine } from '#shared/store/engine/sqlite/sqlite.ts'
import { readAllPages } from './read-all-pages.ts'
import { shapes } from './shapes.ts'

const key = { pk: 'A', sk: 'A' }
let folder = ''
let time = new Date('2026-05-01T12:00:00Z')
const openEngine = (tableShapes = shapes) =>
  createSqliteEngine({ path: join(folder, 'engine.db'), shapes: tableShapes, now: () => time })

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'prospectus-sqlite-'))
  time = new Date('2026-05-01T12:00:00Z')
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('SQLite engine', () => {
  it('removes only expired items and returns their number', async () => {
    const engine = openEngine()
    const seconds = time.getTime() / 1000
    await engine.transact([
      { in: 'things', put: { ...key, expiresAt: seconds } },
      { in: 'others', put: { ...key, expiresAt: seconds + 1 } },
      { in: 'things', put: { pk: 'A', sk: 'B' } },
    ])

    expect(await engine.removeExpired()).toBe(1)
    time = new Date('2026-05-01T12:00:01Z')
    expect(await engine.removeExpired()).toBe(1)
    expect(await engine.removeExpired()).toBe(0)
    expect((await engine.query({ in: 'things', pk: 'A', limit: 5 })).items).toEqual([{ pk: 'A', sk: 'B' }])
    await engine.close()
  })

  it('leaves no trace of a deleted item in its closed file', async () => {
    const engine = openEngine()
    await engine.transact([{ in: 'things', put: { ...key, email: 'somebody@example.com' } }])
    await engine.transact([{ in: 'things', delete: key }])
    await engine.close()

    expect(readFileSync(join(folder, 'engine.db'), 'latin1')).not.toContain('somebody@example.com')
  })

  it('fills an index that a later version adds', async () => {
    const before = createSqliteEngine({
      path: join(folder, 'engine.db'),
      shapes: { things: { indexes: {} } },
      now: () => time,
    })
    await before.transact([{ in: 'things', put: { ...key, duePk: 'D', dueSk: '1' } }])
    await before.close()
    const engine = openEngine()

    expect((await engine.query({ in: 'things', index: 'due', pk: 'D', limit: 5 })).items).toHaveLength(1)
    await engine.close()
  })

  it('reports a conflict if another process locks the file too long', async () => {
    const engine = openEngine()
    const other = new DatabaseSync(join(folder, 'engine.db'))
    other.exec('BEGIN IMMEDIATE')
    const writes = [
      { in: 'things', put: key },
      { in: 'others', put: key },
    ] as const
    expect(await engine.transact(writes)).toEqual({ done: false, refused: ['conflict', 'conflict'] })

    other.exec('ROLLBACK')
    expect(await engine.transact(writes)).toEqual({ done: true })
    other.close()
    await engine.close()
  })

  it('fails only the malformed transaction of a shared commit', async () => {
    const engine = openEngine()
    await engine.transact([{ in: 'things', put: { ...key, text: 't' } }])
    const outcomes = await Promise.allSettled([
      engine.transact([{ in: 'things', put: { pk: 'B', sk: 'B' } }]),
      engine.transact([
        { in: 'things', put: { pk: 'C', sk: 'C' } },
        { in: 'things', change: key, add: { text: 1 } },
      ]),
      engine.transact([{ in: 'things', put: { pk: 'B', sk: 'B' }, when: { exists: false } }]),
    ])

    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(outcomes[2]).toHaveProperty('value', { done: false, refused: ['condition'] })
    expect(await engine.get({ in: 'things', key: { pk: 'C', sk: 'C' } })).toBeUndefined()
    await engine.close()
  })

  it('finishes pending calls before it closes', async () => {
    const engine = openEngine()
    const writing = engine.transact([{ in: 'things', put: key }])
    await engine.close()
    expect(await writing).toEqual({ done: true })
  })

  it('reads the last page as fast as the first', async () => {
    const engine = createSqliteEngine({ path: ':memory:', shapes, now: () => time })
    for (let i = 0; i < 100; i += 1) {
      const rows = Array.from({ length: 100 }, (_, n) => String(i * 100 + n).padStart(6, '0'))
      await engine.transact(rows.map((dueSk) => ({ in: 'things', put: { pk: dueSk, sk: 'A', duePk: 'D', dueSk } })))
    }
    const started = performance.now()
    expect(await readAllPages(engine, { in: 'things', index: 'due', pk: 'D', limit: 10 })).toHaveLength(10_000)
    expect(performance.now() - started).toBeLessThan(2_000)
    await engine.close()
  })
})
