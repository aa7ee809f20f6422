import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSqliteEngine, type SqliteEngine } from '#shared/store/engine/sqlite/sqlite.ts'
import { shapes } from '../shapes.ts'

type Table = keyof typeof shapes
const key = { pk: 'A', sk: 'A' }
const get = (engine: SqliteEngine<Table>) => engine.get({ in: 'things', key })
const list = async (engine: SqliteEngine<Table>) => (await engine.query({ in: 'things', pk: 'A', limit: 10 })).items

let folder = ''
let time = new Date('2026-05-01T12:00:00Z')
let engines: SqliteEngine<Table>[] = []
const path = () => join(folder, 'engine.db')
function open(remembered: readonly Table[] = ['things']) {
  const engine = createSqliteEngine({ path: path(), shapes, remembered, now: () => time })
  engines.push(engine)
  return engine
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'prospectus-memory-'))
  time = new Date('2026-05-01T12:00:00Z')
  engines = []
})
afterEach(async () => {
  for (const engine of engines) await engine.close()
  rmSync(folder, { recursive: true })
})

describe('a remembered table', () => {
  it('returns the same frozen row until one of its rows is written', async () => {
    const engine = open()
    await engine.transact([{ in: 'things', put: { ...key, list: [{ count: 1 }] } }])
    const row = await get(engine)
    expect(await get(engine)).toBe(row)
    expect((await list(engine))[0]).toBe((await list(engine))[0])
    expect(Object.isFrozen(row) && Object.isFrozen(row?.list)).toBe(true)

    await engine.transact([{ in: 'things', put: { pk: 'B', sk: 'B' } }])
    expect(await get(engine)).not.toBe(row)
    expect(await get(engine)).toEqual(row)
  })

  it.each(['a remembering engine', 'an engine that knows of no memory', 'another program'])(
    'shows what %s wrote over another connection: new, changed and deleted rows',
    async (kind) => {
      const engine = open()
      const write = createWriter(kind)
      expect([await get(engine), await list(engine)]).toEqual([undefined, []])
      for (const count of [1, 2]) {
        await write(
          `INSERT INTO things VALUES ('A', 'A', '{"pk":"A","sk":"A","count":${count}}')
          ON CONFLICT DO UPDATE SET item = excluded.item`,
          { ...key, count },
        )
        const row = { ...key, count }
        expect([await get(engine), await list(engine)]).toEqual([row, [row]])
      }
      await write("DELETE FROM things WHERE pk = 'A'")
      expect([await get(engine), await list(engine)]).toEqual([undefined, []])
    },
  )

  it('is compared with the file once for all reads that follow each other without waiting', async () => {
    const engine = open()
    await engine.transact([{ in: 'things', put: { ...key, count: 1 } }])
    const row = await get(engine)
    const connection = new DatabaseSync(path())
    connection.exec(`UPDATE things SET item = '{"pk":"A","sk":"A","count":2}'`)
    connection.close()
    expect(await get(engine)).toBe(row)
    await nextTurn()
    expect(await get(engine)).toEqual({ ...key, count: 2 })
  })

  it('is still remembered when another connection writes to another table only', async () => {
    const engine = open()
    await engine.transact([{ in: 'things', put: key }])
    const row = await get(engine)
    await open().transact([{ in: 'others', put: key }])
    expect(await get(engine)).toBe(row)
    expect(await engine.get({ in: 'others', key })).toEqual(key)
  })

  it('shows no row that has expired since it was read', async () => {
    const engine = open()
    await engine.transact([{ in: 'things', put: { ...key, expiresAt: time.getTime() / 1000 + 60 } }])
    expect([await get(engine), (await list(engine)).length]).toEqual([expect.objectContaining(key), 1])
    time = new Date(time.getTime() + 61_000)
    expect([await get(engine), await list(engine)]).toEqual([undefined, []])
  })

  it('is right beyond what fits into memory', async () => {
    const engine = open()
    const filler = 'x'.repeat(300_000)
    const sortKeys = ['1', '2', '3', '4', '5', '6', '7']
    for (const sk of sortKeys) await engine.transact([{ in: 'things', put: { pk: 'A', sk, filler } }])
    for (let round = 0; round < 2; round++)
      for (const sk of sortKeys) expect((await engine.get({ in: 'things', key: { pk: 'A', sk } }))?.sk).toBe(sk)
  })
})

const nextTurn = () => new Promise((resolve) => setImmediate(resolve))

type Write = (sql: string, row?: { pk: string; sk: string; count: number }) => Promise<unknown>

function createWriter(kind: string): Write {
  if (kind === 'another program')
    return async (sql) => {
      const connection = new DatabaseSync(path())
      connection.exec(sql)
      connection.close()
      // What another program has done is known only after the event loop has turned.
      await nextTurn()
    }
  const other = open(kind === 'a remembering engine' ? ['things'] : [])
  return (_sql, row) => other.transact([row ? { in: 'things', put: row } : { in: 'things', delete: key }])
}
