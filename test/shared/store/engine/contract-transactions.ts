import { expect, it } from 'vitest'
import type { Subject } from './shapes.ts'

export function transactionClauses(subject: () => Subject) {
  it('writes all items and reads them', async () => {
    const { engine, fresh } = subject()
    const pk = fresh()
    await engine.transact([{ in: 'things', put: { pk, sk: 'C', gone: 'soon' } }])

    const outcome = await engine.transact([
      { in: 'things', put: { pk, sk: 'A', count: 1 } },
      { in: 'things', change: { pk, sk: 'B' }, set: { name: 'b' }, add: { count: 2 } },
      { in: 'things', delete: { pk, sk: 'C' } },
      { in: 'others', put: { pk, sk: 'A', table: 'the other' } },
      { in: 'others', check: { pk, sk: 'Z' }, when: { exists: false } },
    ])

    expect(outcome).toEqual({ done: true })
    expect((await engine.query({ in: 'things', pk, limit: 10 })).items).toEqual([
      { pk, sk: 'A', count: 1 },
      { pk, sk: 'B', name: 'b', count: 2 },
    ])
    expect(await engine.get({ in: 'others', key: { pk, sk: 'A' } })).toEqual({ pk, sk: 'A', table: 'the other' })
  })

  it('returns which conditions failed in the order of the writes, and writes nothing', async () => {
    const { engine, fresh } = subject()
    const pk = fresh()
    await engine.transact([{ in: 'things', put: { pk, sk: 'THERE', count: 1 } }])

    const outcome = await engine.transact([
      { in: 'things', put: { pk, sk: 'NEW' }, when: { exists: false } },
      {
        in: 'things',
        change: { pk, sk: 'THERE' },
        add: { count: 1 },
        when: { attribute: 'count', is: 'above', value: 1 },
      },
      { in: 'things', put: { pk, sk: 'PLAIN' } },
      { in: 'things', check: { pk, sk: 'GONE' }, when: { exists: true } },
      { in: 'things', delete: { pk, sk: 'OTHER' } },
    ])

    expect(outcome).toEqual({ done: false, refused: [undefined, 'condition', undefined, 'condition', undefined] })
    expect((await engine.query({ in: 'things', pk, limit: 10 })).items).toEqual([{ pk, sk: 'THERE', count: 1 }])
  })

  it('replaces the whole item with a put', async () => {
    const { engine, fresh } = subject()
    const key = { pk: fresh(), sk: 'A' }
    await engine.transact([{ in: 'things', put: { ...key, old: 1 } }])
    await engine.transact([{ in: 'things', put: { ...key, young: 2 } }])

    expect(await engine.get({ in: 'things', key })).toEqual({ ...key, young: 2 })
  })

  it('sets, adds and removes in one change, and keeps other attributes', async () => {
    const { engine, fresh } = subject()
    const key = { pk: fresh(), sk: 'A' }
    await engine.transact([{ in: 'things', put: { ...key, kept: 'k', changed: 'c', count: 3, removed: 'r' } }])
    await engine.transact([
      {
        in: 'things',
        change: key,
        set: { changed: { now: ['a', 'map'] } },
        add: { count: -5, fresh: 7 },
        remove: ['removed', 'never'],
      },
    ])

    expect(await engine.get({ in: 'things', key })).toEqual({
      ...key,
      kept: 'k',
      changed: { now: ['a', 'map'] },
      count: -2,
      fresh: 7,
    })
  })

  it('creates an absent item by a change', async () => {
    const { engine, fresh } = subject()
    const pk = fresh()
    await engine.transact([
      { in: 'things', change: { pk, sk: 'A' }, set: { a: 1 } },
      { in: 'things', change: { pk, sk: 'B' }, remove: ['b'] },
    ])

    expect((await engine.query({ in: 'things', pk, limit: 10 })).items).toEqual([
      { pk, sk: 'A', a: 1 },
      { pk, sk: 'B' },
    ])
  })

  it('makes a lone change with a unique attribute once, under its condition', async () => {
    const { engine, fresh } = subject()
    const change = { pk: fresh(), sk: 'A' }
    const take = (token: string) =>
      engine.transact([
        {
          in: 'things',
          change,
          set: { token },
          add: { count: 1 },
          remove: ['old'],
          when: { any: [{ exists: false }, { attribute: 'old', is: 'present' }] },
          unique: 'token',
        },
      ])

    expect(await take('one')).toEqual({ done: true })
    expect(await take('two')).toEqual({ done: false, refused: ['condition'] })
    expect(await engine.get({ in: 'things', key: change })).toEqual({ ...change, token: 'one', count: 1 })
  })

  it('accepts the delete of an absent item', async () => {
    const { engine, fresh } = subject()
    expect(await engine.transact([{ in: 'things', delete: { pk: fresh(), sk: 'A' } }])).toEqual({ done: true })
  })

  it('reads only the key of a longer object', async () => {
    const { engine, fresh } = subject()
    const row = { pk: fresh(), sk: 'A', more: 'than the key' }
    await engine.transact([{ in: 'things', change: row, set: { a: 1 } }])

    expect(await engine.get({ in: 'things', key: row })).toEqual({ pk: row.pk, sk: 'A', a: 1 })
    expect(await engine.transact([{ in: 'things', delete: row, when: { exists: true } }])).toEqual({ done: true })
  })

  it('lets exactly 10 of 100 concurrent writers reach a limit of 10', async () => {
    const { engine, fresh } = subject()
    const key = { pk: fresh('CAP'), sk: 'DAY' }
    await engine.transact([{ in: 'things', put: { ...key, used: 0 } }])
    const reserve = async (): Promise<boolean> => {
      const when = { attribute: 'used', is: 'at-most', value: 9 } as const
      const outcome = await engine.transact([{ in: 'things', change: key, add: { used: 1 }, when }])
      return outcome.done || (outcome.refused[0] === 'conflict' && reserve())
    }
    const reservations = await Promise.all(Array.from({ length: 100 }, reserve))

    expect(reservations.filter(Boolean)).toHaveLength(10)
    expect(await engine.get({ in: 'things', key })).toEqual({ ...key, used: 10 })
  })

  it('lets one of two transactions succeed that each need what the other takes', async () => {
    const { engine, fresh } = subject()
    const pk = fresh()
    const takeBoth = (mine: string, other: string) =>
      engine.transact([
        { in: 'things', put: { pk, sk: mine }, when: { exists: false } },
        { in: 'things', check: { pk, sk: other }, when: { exists: false } },
      ])
    const outcomes = await Promise.all([takeBoth('A', 'B'), takeBoth('B', 'A')])

    expect(outcomes.filter(({ done }) => done).length).toBeLessThanOrEqual(1)
    expect((await engine.query({ in: 'things', pk, limit: 10 })).items).toHaveLength(
      outcomes.filter(({ done }) => done).length,
    )
  })
}
