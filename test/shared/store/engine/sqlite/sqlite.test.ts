import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createSqliteEngine } from '#shared/store/engine/sqlite/sqlite.ts'
import { buildPageQuery } from '#shared/store/engine/sqlite/sqlite-select.ts'
import { shapes } from '../shapes.ts'
import { countTurns } from './count-turns.ts'

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

  it('removes many expired items in parts, and answers between them', async () => {
    const engine = openEngine()
    const expiresAt = time.getTime() / 1000
    for (let first = 0; first < 500; first += 100)
      await engine.transact(
        Array.from({ length: 100 }, (_, i) => ({
          in: 'things' as const,
          put: { pk: 'A', sk: String(first + i), expiresAt },
        })),
      )
    const stopTurns = countTurns()
    expect(await engine.removeExpired()).toBe(500)
    // 200, 200 and 100 items, and none of the other table.
    expect(stopTurns()).toBeGreaterThanOrEqual(3)
    await engine.close()
  })

  it('does not wait for another process that reads before it truncates the log', async () => {
    const engine = openEngine()
    await engine.transact([{ in: 'things', put: key }])
    const backup = new DatabaseSync(join(folder, 'engine.db'), { readOnly: true })
    backup.exec('BEGIN')
    backup.prepare('SELECT count(*) FROM things').get()
    await engine.transact([{ in: 'things', put: { pk: 'B', sk: 'B' } }])
    const exec = vi.spyOn(DatabaseSync.prototype, 'exec')

    expect(await engine.removeExpired()).toBe(0)
    const statements = exec.mock.calls.map(([sql]) => sql)
    exec.mockRestore()
    expect(statements).toEqual([
      'PRAGMA busy_timeout = 0',
      'PRAGMA wal_checkpoint(TRUNCATE)',
      'PRAGMA busy_timeout = 2000',
    ])
    backup.close()
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

  it('reads a page by a bounded search of its index, wherever it is', async () => {
    const engine = openEngine()
    await engine.close()
    const database = new DatabaseSync(join(folder, 'engine.db'))
    const after = { pk: 'A', sk: 'A', duePk: 'D', dueSk: '2' }
    for (const order of ['ascending', 'descending'] as const) {
      const query = {
        in: 'things',
        index: 'due',
        pk: 'D',
        limit: 10,
        order,
        after,
        sk: { from: '1', to: '3' },
      } as const
      const { sql, values } = buildPageQuery(shapes, query)
      const plan = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values)
      // Both bounds are part of the search, and nothing is sorted.
      expect(plan.map(({ detail }) => detail)).toEqual([
        'SEARCH things USING INDEX things.duePk.dueSk (<expr>=? AND <expr>>? AND <expr><?)',
      ])
    }
    database.close()
  })
})
