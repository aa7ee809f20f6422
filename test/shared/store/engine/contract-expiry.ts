import { expect, it } from 'vitest'
import type { Condition } from '#shared/store/engine/engine.ts'
import { readAllPages } from './read-all-pages.ts'
import type { Subject } from './shapes.ts'

const noon = '2026-05-01T12:00:00.000Z'
const expiresAt = Date.parse(noon) / 1000

export function expiryClauses(subject: () => Subject) {
  it('returns an item until it expires', async () => {
    const { engine, setTime } = subject()
    setTime('2026-05-01T11:59:59.999Z')
    const { pk, key } = await putExpiringItem(subject)
    expect(await engine.get({ in: 'things', key })).toBeDefined()

    setTime(noon)
    expect(await engine.get({ in: 'things', key })).toBeUndefined()
    expect((await engine.query({ in: 'things', pk, limit: 5 })).items).toEqual([])
    expect((await engine.query({ in: 'things', index: 'list', pk, limit: 5 })).items).toEqual([])
    expect((await engine.query({ in: 'things', index: 'whole', pk, limit: 5 })).items).toEqual([])
  })

  it('returns expired items from an index that does not project expiresAt', async () => {
    const { engine } = subject()
    const { pk } = await putExpiringItem(subject)
    expect((await engine.query({ in: 'things', index: 'due', pk, limit: 5 })).items).toHaveLength(1)
  })

  it('pages past expired items', async () => {
    const { engine, fresh } = subject()
    const pk = fresh()
    const sks = ['1', '2', '3', '4', '5', '6']
    await engine.transact(sks.map((sk) => ({ in: 'things', put: { pk, sk, ...(Number(sk) % 3 && { expiresAt }) } })))

    expect((await readAllPages(engine, { in: 'things', pk, limit: 2 })).map(({ sk }) => sk)).toEqual(['3', '6'])
  })

  it('evaluates conditions on an expired item as on an absent one', async () => {
    const { engine } = subject()
    const { key } = await putExpiringItem(subject)
    const check = async (when: Condition) => (await engine.transact([{ in: 'things', check: key, when }])).done

    expect(await check({ exists: false })).toBe(true)
    expect(await check({ exists: true })).toBe(false)
    expect(await check({ attribute: 'count', is: 'absent' })).toBe(true)
    expect(await check({ attribute: 'count', is: 'present' })).toBe(false)
    expect(await check({ attribute: 'count', is: 'equal', value: 5 })).toBe(false)
    expect(
      await check({
        any: [
          { attribute: 'count', is: 'absent' },
          { attribute: 'count', is: 'above', value: 9 },
        ],
      }),
    ).toBe(true)
    expect(await check({ attribute: 'expiresAt', is: 'present' })).toBe(false)
  })

  it('lets a put or delete with exists: false replace an expired item', async () => {
    const { engine } = subject()
    const { key } = await putExpiringItem(subject)
    const when = { exists: false } as const
    expect(await engine.transact([{ in: 'things', put: { ...key, young: 1 }, when }])).toEqual({ done: true })
    expect(await engine.get({ in: 'things', key })).toEqual({ ...key, young: 1 })
    expect(await engine.transact([{ in: 'things', delete: key, when }])).toEqual({
      done: false,
      refused: ['condition'],
    })
  })

  it('starts from an empty item when an expired one is changed', async () => {
    const { engine } = subject()
    const { key } = await putExpiringItem(subject)
    const other = await putExpiringItem(subject)
    const outcome = await engine.transact([
      { in: 'things', change: key, add: { count: 1 }, set: { expiresAt: expiresAt + 60 } },
      { in: 'things', change: other.key, add: { count: 1 }, when: { attribute: 'count', is: 'absent' } },
    ])

    expect(outcome).toEqual({ done: true })
    expect(await engine.get({ in: 'things', key })).toEqual({ ...key, count: 1, expiresAt: expiresAt + 60 })
    expect(await engine.get({ in: 'things', key: other.key })).toEqual({ ...other.key, count: 1 })
  })

  it('starts from an empty item when a lone change with a unique attribute meets an expired one', async () => {
    const { engine } = subject()
    const { key } = await putExpiringItem(subject)
    const change = { in: 'things', change: key, set: { token: 'a' }, add: { count: 1 }, unique: 'token' } as const
    const when = { attribute: 'count', is: 'equal', value: 5 } as const

    expect(await engine.transact([{ ...change, when }])).toEqual({ done: false, refused: ['condition'] })
    expect(await engine.transact([change])).toEqual({ done: true })
    expect(await engine.get({ in: 'things', key })).toEqual({ ...key, token: 'a', count: 1 })
  })

  it('rejects a change whose condition needs an expired item, at its index', async () => {
    const { engine } = subject()
    const [one, two] = [await putExpiringItem(subject), await putExpiringItem(subject)]
    const outcome = await engine.transact([
      { in: 'things', change: one.key, add: { count: 1 } },
      { in: 'things', change: two.key, add: { count: 1 }, when: { attribute: 'count', is: 'equal', value: 5 } },
    ])

    expect(outcome).toEqual({ done: false, refused: [undefined, 'condition'] })
    expect(await engine.get({ in: 'things', key: one.key })).toBeUndefined()
  })

  it('counts exactly when concurrent changes start from the same expired item', async () => {
    const { engine } = subject()
    const { key } = await putExpiringItem(subject)
    const add = async (): Promise<void> => {
      const { done } = await engine.transact([{ in: 'things', change: key, add: { count: 1 }, remove: ['expiresAt'] }])
      if (!done) await add()
    }
    await Promise.all(Array.from({ length: 20 }, add))

    expect(await engine.get({ in: 'things', key })).toEqual({ ...key, count: 20 })
  })
}

async function putExpiringItem(subject: () => Subject) {
  const { engine, fresh } = subject()
  const pk = fresh()
  const key = { pk, sk: 'A' }
  const indexed = { duePk: pk, dueSk: '1', listPk: pk, listSk: '1', wholePk: pk, wholeSk: '1' }
  await engine.transact([{ in: 'things', put: { ...key, ...indexed, count: 5, expiresAt } }])
  return { pk, key }
}
