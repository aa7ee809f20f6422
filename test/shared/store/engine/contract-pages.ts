import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Query } from '#shared/store/engine/engine.ts'
import { readAllPages } from './read-all-pages.ts'
import type { Subject } from './shapes.ts'

const orderedKeys = [
  '!',
  'A',
  'AB',
  'A\u00e9',
  'B',
  'a',
  'b\u0000',
  'é',
  '\ud7ff',
  '\ue000',
  '\uffff',
  '\u{10000}',
  '\u{1f600}',
  '\u{10ffff}',
]

const ranges: { says: string; sk: NonNullable<Query['sk']>; finds: string[] }[] = [
  { says: 'a prefix', sk: { prefix: 'A' }, finds: ['A', 'AB', 'A\u00e9'] },
  { says: 'a prefix that ends where surrogates begin', sk: { prefix: '\ud7ff' }, finds: ['\ud7ff'] },
  { says: 'the last of all prefixes', sk: { prefix: '\u{10ffff}' }, finds: ['\u{10ffff}'] },
  { says: 'a prefix of nothing', sk: { prefix: 'C' }, finds: [] },
  { says: 'from, inclusive', sk: { from: '\uffff' }, finds: ['\uffff', '\u{10000}', '\u{1f600}', '\u{10ffff}'] },
  { says: 'to, inclusive', sk: { to: 'AB' }, finds: ['!', 'A', 'AB'] },
  { says: 'from and to', sk: { from: 'AA', to: 'B' }, finds: ['AB', 'A\u00e9', 'B'] },
  { says: 'from and to the same', sk: { from: 'B', to: 'B' }, finds: ['B'] },
  { says: 'from beyond to', sk: { from: 'b', to: 'a' }, finds: [] },
  { says: 'no bounds', sk: {}, finds: orderedKeys },
]

export function pageClauses(subject: () => Subject) {
  it('orders by the UTF-8 bytes of the sort key, both ways', async () => {
    const { engine, fresh } = subject()
    const pk = await fillPartition(subject, fresh())
    const ascending = await engine.query({ in: 'things', pk, limit: 100 })
    const descending = await engine.query({ in: 'things', pk, limit: 100, order: 'descending' })

    expect(ascending).toEqual({ items: orderedKeys.map((sk) => ({ pk, sk })) })
    expect(descending).toEqual({ items: orderedKeys.toReversed().map((sk) => ({ pk, sk })) })
  })

  it.each(ranges)('finds rows by $says for any page size', async ({ sk, finds }) => {
    const { engine, fresh } = subject()
    const pk = await fillPartition(subject, fresh())
    for (const limit of [1, 2, 100]) {
      const forward = await readAllPages(engine, { in: 'things', pk, sk, limit })
      const backward = await readAllPages(engine, { in: 'things', pk, sk, limit, order: 'descending' })
      expect(forward.map((row) => row.sk)).toEqual(finds)
      expect(backward.map((row) => row.sk)).toEqual(finds.toReversed())
    }
  })

  it('returns every item exactly once for any page size and direction', async () => {
    const { engine, fresh } = subject()
    const pk = fresh()
    const sks = Array.from({ length: 50 }, (_, i) => `ITEM#${String(i).padStart(3, '0')}`)
    await engine.transact(sks.map((sk) => ({ in: 'things', put: { pk, sk } })))
    const pageOptions = fc.record({
      limit: fc.integer({ min: 1, max: 60 }),
      order: fc.constantFrom('ascending' as const, 'descending' as const),
    })

    await fc.assert(
      fc.asyncProperty(pageOptions, async ({ limit, order }) => {
        const items = await readAllPages(engine, { in: 'things', pk, limit, order })
        expect(items.map(({ sk }) => sk)).toEqual(order === 'ascending' ? sks : sks.toReversed())
      }),
      { numRuns: 10 },
    )
  })

  it('continues from a cursor whose item was deleted', async () => {
    const { engine, fresh } = subject()
    const pk = await fillPartition(subject, fresh())
    const { next } = await engine.query({ in: 'things', pk, limit: 2 })
    await engine.transact([{ in: 'things', delete: { pk, sk: 'A' } }])

    const after = await engine.query({ in: 'things', pk, limit: 1, ...(next && { after: next }) })
    expect(next).toEqual({ pk, sk: 'A' })
    expect(after.items).toEqual([{ pk, sk: 'AB' }])
  })

  it('ends a page after 1 MB without losing items', async () => {
    const { engine, fresh } = subject()
    const pk = fresh()
    const sks = ['1', '2', '3', '4', '5']
    for (const sk of sks) await engine.transact([{ in: 'things', put: { pk, sk, filler: 'x'.repeat(300_000) } }])
    const first = await engine.query({ in: 'things', pk, limit: 100 })

    expect(first.items.map(({ sk }) => sk)).toEqual(['1', '2', '3', '4'])
    expect(first.next).toEqual({ pk, sk: '4' })
    expect((await readAllPages(engine, { in: 'things', pk, limit: 100 })).map(({ sk }) => sk)).toEqual(sks)
  })

  it('returns an empty page for an empty partition', async () => {
    const { engine, fresh } = subject()
    expect(await engine.query({ in: 'things', pk: fresh(), limit: 5 })).toEqual({ items: [] })
  })
}

async function fillPartition(subject: () => Subject, pk: string) {
  await subject().engine.transact(orderedKeys.map((sk) => ({ in: 'things', put: { pk, sk } })))
  return pk
}
