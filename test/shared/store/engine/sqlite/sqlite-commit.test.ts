import { describe, expect, it } from 'vitest'
import { EngineUnwritable } from '#shared/store/engine/engine.ts'
import { createGroupCommit } from '#shared/store/engine/sqlite/sqlite-commit.ts'
import type { Database } from '#shared/store/engine/sqlite/sqlite-database.ts'
import { openDatabase } from '#shared/store/engine/sqlite/sqlite-database.ts'

const open = () => openDatabase(':memory:', { shapes: { rows: { indexes: {} } }, migrations: [], counted: [] })
/** A database whose commits fail with this code of SQLite. */
function breakCommits(database: Database, errcode: number): Database {
  return {
    ...database,
    prepare(sql) {
      const statement = database.prepare(sql)
      if (sql !== 'COMMIT') return statement
      return Object.assign(Object.create(statement), {
        run() {
          throw Object.assign(new Error('database or disk is full'), { errcode })
        },
      })
    },
  }
}

describe('a commit', () => {
  it.each([
    ['a full disk', 13],
    ['a disk that fails', 10 | (4 << 8)],
    ['a read-only disk', 8],
  ])('says of %s that nothing could be stored, and goes on when it can', async (_, errcode) => {
    const database = open()
    const insert = () => database.prepare(`INSERT INTO rows VALUES ('a', 'b', '{}')`).run()
    await expect(createGroupCommit(breakCommits(database, errcode), 'at-once').commit(insert)).rejects.toThrow(
      EngineUnwritable,
    )
    expect(database.prepare('SELECT count(*) AS count FROM rows').get()).toEqual({ count: 0 })
    await createGroupCommit(database, 'at-once').commit(insert)
    expect(database.prepare('SELECT count(*) AS count FROM rows').get()).toEqual({ count: 1 })
  })

  it('leaves other faults as they are', async () => {
    const { commit } = createGroupCommit(breakCommits(open(), 1), 'at-once')
    await expect(commit(() => undefined)).rejects.not.toThrow(EngineUnwritable)
  })
})
