import type { Condition, Item, Row, Write } from '#shared/store/engine/engine.ts'
import { nest } from './contract-values.ts'
import type { shapes } from './shapes.ts'

export type TestTable = keyof typeof shapes
export const key = { pk: 'LIMITS', sk: 'A' }

// 400 KB less the keys and names of an item with an attribute `v`.
export const maxValueBytes = 400 * 1024 - Buffer.byteLength('pkLIMITSskAv')

/** Transactions that no engine may take, each with what its fault must name. */
export const misusedWrites: { says: string; writes: Write<TestTable>[]; naming: RegExp }[] = [
  { says: 'no writes', writes: [], naming: /without writes/ },
  { says: '101 writes', writes: puts(101, 1), naming: /more than 100 writes/ },
  { says: 'over 4 MB', writes: puts(11, 390_000), naming: /over 4194304 bytes/ },
  { says: 'an item a byte too big', writes: [put({ ...key, v: 'x'.repeat(maxValueBytes + 1) })], naming: /409600/ },
  {
    says: 'a change too big',
    writes: [{ in: 'things', change: key, set: { v: 'x'.repeat(maxValueBytes + 1) } }],
    naming: /409600/,
  },
  {
    says: 'two writes to one item',
    writes: [put(key), { in: 'things', check: key, when: { exists: true } }],
    naming: /two writes to one item/,
  },
  { says: 'an empty pk', writes: [put({ pk: '', sk: 'A' })], naming: /pk is empty/ },
  { says: 'an empty sk', writes: [{ in: 'things', delete: { pk: 'A', sk: '' } }], naming: /sk is empty/ },
  { says: 'a pk over 2048 bytes', writes: [put({ pk: 'é'.repeat(1025), sk: 'A' })], naming: /pk is over 2048 bytes/ },
  { says: 'a sk over 1024 bytes', writes: [put({ pk: 'A', sk: 'x'.repeat(1025) })], naming: /sk is over 1024 bytes/ },
  { says: 'half a surrogate pair in a key', writes: [put({ pk: 'A\ud800', sk: 'A' })], naming: /surrogate/ },
  { says: 'an index key that is no string', writes: [put({ ...key, duePk: 5 })], naming: /duePk is not a string/ },
  { says: 'an index key that is null', writes: [put({ ...key, duePk: null })], naming: /duePk is not a string/ },
  { says: 'an empty index key', writes: [{ in: 'things', change: key, set: { dueSk: '' } }], naming: /dueSk is empty/ },
  {
    says: 'adding to an index key',
    writes: [{ in: 'things', change: key, add: { dueSk: 1 } }],
    naming: /dueSk is not a string/,
  },
  { says: 'an index key too long', writes: [put({ ...key, dueSk: 'x'.repeat(1025) })], naming: /dueSk is over 1024/ },
  ...[Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, -1e300, 1e-131].map((v) => ({
    says: `the number ${v}`,
    writes: [put({ ...key, deep: [{ v }] })],
    naming: /deep\.v is/,
  })),
  ...createForeignValues().map(([says, item]) => ({
    says,
    writes: [put({ ...key, ...item })],
    naming: /which no item can hold/,
  })),
  { says: '32 levels of nesting', writes: [put({ ...key, v: nest(32) })], naming: /deeper than 32/ },
  { says: 'an attribute without a name', writes: [put({ ...key, '': 1 })], naming: /cannot name/ },
  { says: 'a nested attribute without a name', writes: [put({ ...key, v: { '': 1 } })], naming: /cannot name/ },
  {
    says: 'an attribute __proto__',
    writes: [put({ ...key, v: JSON.parse('{"__proto__": 1}') })],
    naming: /cannot name/,
  },
  {
    says: 'an attribute that hides what every object has',
    writes: [put({ ...key, v: JSON.parse('{"constructor": 1}') })],
    naming: /cannot name/,
  },
  { says: 'one of none', writes: [when({ attribute: 'v', is: 'one-of', values: [] })], naming: /one of none/ },
  {
    says: 'one of 101',
    writes: [when({ attribute: 'v', is: 'one-of', values: Array(101).fill('x') })],
    naming: /100 values/,
  },
  { says: 'all of none', writes: [when({ all: [] })], naming: /no conditions/ },
  { says: 'any of none', writes: [when({ any: [] })], naming: /no conditions/ },
  {
    says: 'more than true',
    writes: [when({ attribute: 'v', is: 'above', value: true })],
    naming: /by order with a boolean/,
  },
  {
    says: 'compared with NaN',
    writes: [when({ attribute: 'v', is: 'above', value: Number.NaN })],
    naming: /not a finite/,
  },
  {
    says: 'a condition too long',
    writes: [when({ any: Array(200).fill({ exists: true }) })],
    naming: /expression over 4096/,
  },
  {
    says: 'a table that is not there',
    writes: [JSON.parse('{"in": "toString", "put": {"pk": "a", "sk": "b"}}')],
    naming: /no table toString/,
  },
  {
    says: 'a change of nothing',
    writes: [{ in: 'things', change: key, set: {}, remove: [] }],
    naming: /change of nothing/,
  },
  { says: 'a change of pk', writes: [{ in: 'things', change: key, set: { pk: 'B' } }], naming: /key attribute/ },
  { says: 'a removal of sk', writes: [{ in: 'things', change: key, remove: ['sk'] }], naming: /key attribute/ },
  {
    says: 'an attribute named twice',
    writes: [{ in: 'things', change: key, set: { v: 1 }, remove: ['v'] }],
    naming: /twice/,
  },
  {
    says: 'a unique attribute that is not set to a text',
    writes: [{ in: 'things', change: key, set: { v: 1 }, unique: 'v' }],
    naming: /v is to be unique/,
  },
  { says: 'adding a fraction', writes: [{ in: 'things', change: key, add: { v: 0.5 } }], naming: /safe integer/ },
  {
    says: 'a change too long',
    writes: [{ in: 'things', change: key, set: attributes(300) }],
    naming: /expression over 4096/,
  },
  { says: 'expiresAt as text', writes: [put({ ...key, expiresAt: '2026-05-01' })], naming: /expiresAt/ },
  {
    says: 'expiresAt as a fraction',
    writes: [{ in: 'things', change: key, set: { expiresAt: 1.5 } }],
    naming: /expiresAt/,
  },
]

export function put(row: Row): Write<TestTable> {
  return { in: 'things', put: row }
}

export function puts(count: number, bytes: number) {
  return Array.from({ length: count }, (_, i) => put({ pk: 'LIMITS', sk: `MANY#${i}`, v: 'x'.repeat(bytes) }))
}

export function when(condition: Condition): Write<TestTable> {
  return { in: 'things', check: { pk: 'LIMITS', sk: 'NEVER' }, when: condition }
}

export function attributes(count: number): Item {
  return Object.fromEntries(Array.from({ length: count }, (_, i) => [`attribute${i}`, i]))
}

/** What the types refuse already, smuggled past them as a caller with a wider type would. */
function createForeignValues(): [string, Item][] {
  const odd: [string, unknown][] = [
    ['undefined', undefined],
    ['a function', () => 1],
    ['a Date', new Date(0)],
    ['a Set', new Set([1])],
    ['a bigint', 1n],
    ['a class instance', new (class Strange {})()],
    ['a hole in a list', Array(1)],
  ]
  return odd.map(([says, v]) => [says, Object.assign(JSON.parse('{}'), { v })])
}
