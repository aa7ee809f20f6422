import { describe, expect, it } from 'vitest'
import { createSqliteEngine } from '#shared/store/engine/sqlite/sqlite.ts'
import { createTurns } from '#shared/store/engine/sqlite/sqlite-turns.ts'
import { shapes } from '../shapes.ts'
import { countTurns } from './count-turns.ts'

const key = { pk: 'A', sk: 'A' }

describe('turns of the event loop in the SQLite engine', () => {
  it('lets reads go on while a turn is young, and makes them wait for the next one when it is over', async () => {
    let now = 0
    const waitForTurn = createTurns({ maxTurnMs: 10, clock: () => now })
    const stopTurns = countTurns()
    expect(waitForTurn()).toBeUndefined()
    now = 9
    expect(waitForTurn()).toBeUndefined()
    now = 10
    await waitForTurn()
    expect(stopTurns()).toBeGreaterThanOrEqual(1)
    now = 19
    expect(waitForTurn()).toBeUndefined()
  })

  it('lets in the one that has waited longest, one in each turn', async () => {
    let now = 0
    const waitForTurn = createTurns({ maxTurnMs: 10, clock: () => now })
    const order: string[] = []
    const read = async (name: string) => {
      for (let i = 1; i <= 3; i += 1) {
        await waitForTurn()
        now += 10
        order.push(`${name}${i}`)
      }
    }
    await Promise.all([read('a'), read('b')])
    expect(order).toEqual(['a1', 'b1', 'a2', 'b2', 'a3', 'b3'])
  })

  it('answers others during a series of reads, only if it has a limit', async () => {
    const countTurnsOf100Reads = async (maxTurnMs?: number) => {
      const engine = createSqliteEngine({
        ...{ path: ':memory:', shapes, now: () => new Date() },
        ...(maxTurnMs !== undefined && { maxTurnMs }),
      })
      await engine.transact([{ in: 'things', put: key }])
      const stopTurns = countTurns()
      for (let i = 0; i < 50; i += 1) {
        await engine.get({ in: 'things', key })
        await engine.query({ in: 'things', pk: 'A', limit: 1 })
      }
      await engine.close()
      return stopTurns()
    }
    expect(await countTurnsOf100Reads()).toBe(0)
    expect(await countTurnsOf100Reads(0)).toBeGreaterThanOrEqual(100)
  })
})
