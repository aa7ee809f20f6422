import { expect, it } from 'vitest'
import { EngineMisuse, type Query } from '#shared/store/engine/engine.ts'
import { attributes, maxValueBytes, misusedWrites, put, puts, type TestTable, when } from './misused-writes.ts'
import type { Subject } from './shapes.ts'

const query = { in: 'things', pk: 'LIMITS', limit: 1 } as const
const misusedQueries: { says: string; query: Query<TestTable>; naming: RegExp }[] = [
  { says: 'a limit of 0', query: { ...query, limit: 0 }, naming: /below 1/ },
  { says: 'an unknown index', query: { ...query, index: 'toString' }, naming: /no index/ },
  { says: 'an empty pk', query: { ...query, pk: '' }, naming: /pk is empty/ },
  { says: 'an empty prefix', query: { ...query, sk: { prefix: '' } }, naming: /sk is empty/ },
  { says: 'a bound too long', query: { ...query, sk: { to: 'x'.repeat(1025) } }, naming: /over 1024/ },
  {
    says: 'a cursor of another partition',
    query: { ...query, after: { pk: 'OTHER', sk: 'A' } },
    naming: /not of this/,
  },
  {
    says: 'a cursor of another index',
    query: { ...query, index: 'due', after: { pk: 'A', sk: 'A' } },
    naming: /not of this/,
  },
  {
    says: 'a cursor outside',
    query: { ...query, sk: { from: 'B' }, after: { pk: 'LIMITS', sk: 'A' } },
    naming: /outside/,
  },
]

export function limitClauses(subject: () => Subject) {
  it.each(misusedWrites)('throws EngineMisuse for $says', async ({ writes, naming }) => {
    const attempt = subject().engine.transact(writes)
    await expect(attempt).rejects.toBeInstanceOf(EngineMisuse)
    await expect(attempt).rejects.toThrow(naming)
  })

  it.each(misusedQueries)('throws EngineMisuse for a query by $says', async ({ query, naming }) => {
    const attempt = subject().engine.query(query)
    await expect(attempt).rejects.toBeInstanceOf(EngineMisuse)
    await expect(attempt).rejects.toThrow(naming)
  })

  it('accepts items and calls just within the limits', async () => {
    const { engine, fresh } = subject()
    const pk = fresh()
    const row = { pk: 'LIMITS', sk: 'A', v: 'x'.repeat(maxValueBytes) }
    expect(await engine.transact([put(row)])).toEqual({ done: true })
    expect(await engine.transact([{ in: 'things', change: { pk, sk: 'A' }, set: attributes(250) }])).toEqual({
      done: true,
    })
    expect(await engine.transact(puts(100, 10))).toEqual({ done: true })
    const long = { pk: 'é'.repeat(1024), sk: 'x'.repeat(1024) }
    expect(await engine.transact([put(long)])).toEqual({ done: true })
    expect(await engine.get({ in: 'things', key: long })).toEqual(long)
    const values = Array.from({ length: 100 }, (_, i) => i)
    expect((await engine.transact([when({ attribute: 'n', is: 'one-of', values })])).done).toBe(false)
    const any = Array.from({ length: 60 }, (_, i) => ({ attribute: `n${i}`, is: 'at-least', value: i }) as const)
    expect((await engine.transact([when({ any: [{ any }, { all: any.slice(40) }] })])).done).toBe(false)
  })

  it('rejects a change that makes an item too big or adds to a non-number, and changes nothing', async () => {
    const { engine, fresh } = subject()
    const own = { pk: fresh(), sk: 'A' }
    const row = { ...own, v: 'x'.repeat(400_000), text: 't' }
    await engine.transact([put(row)])

    const tooLarge = engine.transact([
      put({ pk: own.pk, sk: 'B' }),
      { in: 'things', change: own, set: { w: 'x'.repeat(10_000) } },
    ])
    await expect(tooLarge).rejects.toBeInstanceOf(EngineMisuse)
    const invalidAddition = engine.transact([
      put({ pk: own.pk, sk: 'B' }),
      { in: 'things', change: own, add: { text: 1 } },
    ])
    await expect(invalidAddition).rejects.toBeInstanceOf(EngineMisuse)
    expect((await engine.query({ in: 'things', pk: own.pk, limit: 5 })).items).toEqual([row])
  })
}
