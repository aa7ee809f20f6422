import { expect, it } from 'vitest'
import type { Value } from '#shared/store/engine/engine.ts'
import type { Subject } from './shapes.ts'

const values: { what: string; value: Value; expected?: Value }[] = [
  { what: 'an empty string', value: '' },
  {
    what: 'text beyond the basic plane, composed and not',
    value: '\u{1f469}\u200d\u{1f393} é e\u0301 \uffff \u0000 "\\',
  },
  { what: 'what looks like JSON', value: '{"$binary": "AA=="}' },
  { what: 'null', value: null },
  { what: 'true and false', value: [true, false] },
  {
    what: 'numbers great and small',
    value: [0, -1, 0.1, 0.1 + 0.2, 1e-100, -5e-7, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER],
  },
  { what: 'negative zero, which becomes zero', value: -0, expected: 0 },
  { what: 'bytes', value: new Uint8Array([0, 1, 254, 255]) },
  { what: 'no bytes', value: new Uint8Array() },
  {
    what: 'a Buffer, which becomes plain bytes',
    value: Buffer.from('part of a pool'),
    expected: Uint8Array.from(Buffer.from('part of a pool')),
  },
  { what: 'bytes within lists within maps', value: { a: [{ b: new Uint8Array([7]) }, []], c: {} } },
  {
    what: 'names that look like marks of ours',
    value: { $binary: 'AA==', $$binary: 1, $: { $a: new Uint8Array([1]) } },
  },
  { what: 'names with dots, spaces and signs', value: { 'a.b': 1, 'c d': 2, ':e': 3, '#f': 4, valueOf: 5 } },
  {
    what: 'half a surrogate pair, which becomes U+FFFD',
    value: { a: ['x\ud83d', '\ude00'] },
    expected: { a: ['x\ufffd', '\ufffd'] },
  },
  { what: '31 levels of nesting', value: nest(31) },
]

export function valueClauses(subject: () => Subject) {
  it.each(values)('stores $what', async ({ value, expected = value }) => {
    const { engine, fresh } = subject()
    const pk = fresh()
    await engine.transact([
      { in: 'things', put: { pk, sk: 'PUT', value } },
      { in: 'things', change: { pk, sk: 'SET' }, set: { value } },
    ])
    await engine.transact([{ in: 'things', put: { pk, sk: 'ALONE', value } }])

    for (const sk of ['PUT', 'SET', 'ALONE']) {
      expect(await engine.get({ in: 'things', key: { pk, sk } })).toStrictEqual({ pk, sk, value: expected })
    }
    expect((await engine.query({ in: 'things', pk, limit: 1 })).items).toStrictEqual([
      { pk, sk: 'ALONE', value: expected },
    ])
  })

  it('stores attributes of any name', async () => {
    const { engine, fresh } = subject()
    const row = { pk: fresh(), sk: 'A', $binary: 'AA==', 'a.b': 1, select: 2, toString: 'own', $: new Uint8Array([1]) }
    await engine.transact([{ in: 'things', put: row }])
    await engine.transact([{ in: 'things', change: row, set: { $set: 3, where: 4 }, remove: ['a.b'] }])
    const { 'a.b': _, ...rest } = row

    expect(await engine.get({ in: 'things', key: row })).toStrictEqual({ ...rest, $set: 3, where: 4 })
  })

  it('distinguishes keys of any text', async () => {
    const { engine, fresh } = subject()
    const pk = fresh("it's \u0000 \u{1f600}")
    const sks = ['a', 'A', 'á', 'a\u0301', 'a ', 'a\u0000', '%', '_', '"']
    await engine.transact(sks.map((sk) => ({ in: 'things', put: { pk, sk, own: sk } })))

    for (const sk of sks) expect(await engine.get({ in: 'things', key: { pk, sk } })).toEqual({ pk, sk, own: sk })
  })

  it('returns copies or frozen rows, so that changing one changes nothing stored', async () => {
    const { engine, fresh } = subject()
    const key = { pk: fresh(), sk: 'A' }
    const row = { ...key, list: [1] }
    await engine.transact([{ in: 'things', put: row }])
    row.list.push(2)
    const storedRow = await engine.get({ in: 'things', key })
    // A frozen row refuses the change.
    if (storedRow) Reflect.set(storedRow, 'list', 'changed')

    expect(await engine.get({ in: 'things', key })).toEqual({ ...key, list: [1] })
  })
}

export function nest(levels: number): Value {
  return levels === 0 ? 1 : levels % 2 ? { in: nest(levels - 1) } : [nest(levels - 1)]
}
