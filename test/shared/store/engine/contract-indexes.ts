import { expect, it } from 'vitest'
import { readAllPages } from './read-all-pages.ts'
import type { Subject } from './shapes.ts'

export function indexClauses(subject: () => Subject) {
  it('contains only items with both of its keys', async () => {
    const { engine, fresh } = subject()
    const pk = fresh()
    const duePk = fresh('DUE')
    await engine.transact([
      { in: 'things', put: { pk, sk: 'BOTH', duePk, dueSk: '1' } },
      { in: 'things', put: { pk, sk: 'HALF', duePk } },
      { in: 'things', put: { pk, sk: 'OTHER', dueSk: '1' } },
    ])

    expect(await queryDue(subject, duePk)).toEqual(['BOTH'])
  })

  it('lets an item enter, move and leave as it changes', async () => {
    const { engine, fresh } = subject()
    const key = { pk: fresh(), sk: 'A' }
    const [one, two] = [fresh('DUE'), fresh('DUE')]
    const listDue = async () => [await queryDue(subject, one), await queryDue(subject, two)]
    await engine.transact([{ in: 'things', put: key }])

    await engine.transact([{ in: 'things', change: key, set: { duePk: one, dueSk: '1' } }])
    expect(await listDue()).toEqual([['A'], []])
    await engine.transact([{ in: 'things', change: key, set: { duePk: two } }])
    expect(await listDue()).toEqual([[], ['A']])
    await engine.transact([{ in: 'things', change: key, remove: ['dueSk'] }])
    expect(await listDue()).toEqual([[], []])
    await engine.transact([{ in: 'things', put: { ...key, duePk: one, dueSk: '2' } }])
    expect(await listDue()).toEqual([['A'], []])
    await engine.transact([{ in: 'things', put: key }])
    expect(await listDue()).toEqual([[], []])
    await engine.transact([{ in: 'things', put: { ...key, duePk: one, dueSk: '2' } }])
    await engine.transact([{ in: 'things', delete: key }])
    expect(await listDue()).toEqual([[], []])
  })

  it('returns only the keys of table and index and the projected attributes', async () => {
    const { engine, fresh } = subject()
    const pk = fresh('all')
    const keys = { pk, sk: 'A', duePk: pk, dueSk: '1', listPk: pk, listSk: '2', wholePk: pk, wholeSk: '3' }
    const item = { ...keys, title: { of: 'it' }, secret: 's', bytes: new Uint8Array([1]) }
    await engine.transact([{ in: 'things', put: item }])
    const queryIndex = async (index: string) => (await engine.query({ in: 'things', index, pk, limit: 5 })).items

    expect(await queryIndex('due')).toStrictEqual([{ pk, sk: 'A', duePk: pk, dueSk: '1' }])
    expect(await queryIndex('list')).toStrictEqual([{ pk, sk: 'A', listPk: pk, listSk: '2', title: { of: 'it' } }])
    expect(await queryIndex('whole')).toStrictEqual([item])
  })

  it('returns every item once and in order if many share a sort key', async () => {
    const { engine, fresh } = subject()
    const duePk = fresh('DUE')
    const sks = Array.from({ length: 30 }, (_, i) => String(Math.floor(i / 10)))
    const rows = sks.map((dueSk) => ({ pk: fresh(), sk: 'A', duePk, dueSk }))
    await engine.transact(rows.map((put) => ({ in: 'things', put })))

    for (const limit of [1, 7, 30, 31]) {
      for (const order of ['ascending', 'descending'] as const) {
        const items = await readAllPages(engine, { in: 'things', index: 'due', pk: duePk, limit, order })
        expect(items.map(({ dueSk }) => dueSk)).toEqual(order === 'ascending' ? sks : sks.toReversed())
        expect(new Set(items.map(({ pk }) => pk)).size).toBe(30)
      }
    }
  })

  it('finds by prefix and by bounds, page by page', async () => {
    const { engine, fresh } = subject()
    const duePk = fresh('DUE')
    const sks = ['2026-05-01#a', '2026-05-01#b', '2026-05-02#a', '2026-05-03#a']
    await engine.transact(sks.map((dueSk) => ({ in: 'things', put: { pk: fresh(), sk: 'A', duePk, dueSk } })))
    const findSortKeys = async (sk: { prefix: string } | { to: string }) =>
      (await readAllPages(engine, { in: 'things', index: 'due', pk: duePk, sk, limit: 1 })).map(({ dueSk }) => dueSk)

    expect(await findSortKeys({ prefix: '2026-05-01#' })).toEqual(sks.slice(0, 2))
    expect(await findSortKeys({ to: '2026-05-02#b' })).toEqual(sks.slice(0, 3))
  })

  it('makes a cursor from the keys of table and index', async () => {
    const { engine, fresh } = subject()
    const pk = fresh()
    const rows = ['1', '2'].map((dueSk) => ({ pk, sk: `S${dueSk}`, duePk: pk, dueSk }))
    await engine.transact(rows.map((put) => ({ in: 'things', put })))

    expect((await engine.query({ in: 'things', index: 'due', pk, limit: 1 })).next).toEqual(rows[0])
  })
}

async function queryDue(subject: () => Subject, pk: string) {
  const { items } = await subject().engine.query({ in: 'things', index: 'due', pk, limit: 10 })
  return items.map(({ sk }) => sk)
}
