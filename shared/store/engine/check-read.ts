import { type Cursor, EngineMisuse, type Key, type Query, type Shapes } from './engine.ts'
import { limits } from './limits.ts'
import { compareText } from './text-order.ts'

/** @throws EngineMisuse if DynamoDB would reject the key. */
export function checkGet(shapes: Shapes, table: string, { pk, sk }: Key) {
  getTableShape(shapes, table)
  checkKeyText('pk', pk, limits.pkBytes)
  checkKeyText('sk', sk, limits.skBytes)
}

/** @throws EngineMisuse if DynamoDB would reject the query. */
export function checkQuery(shapes: Shapes, query: Query) {
  const names = getKeyNames(shapes, query)
  checkKeyText(names.pk, query.pk, limits.pkBytes)
  if (!Number.isInteger(query.limit) || query.limit < 1) throw new EngineMisuse('the limit of a query is below 1')
  for (const bound of Object.values(query.sk ?? {})) checkKeyText(names.sk, bound, limits.skBytes)
  if (query.after) checkCursor(query, query.after, names)
}

/** Whether the range is empty. DynamoDB rejects such bounds, so no engine sends them. */
export function isEmptyRange({ sk }: Query) {
  if (!sk || 'prefix' in sk || sk.from === undefined || sk.to === undefined) return false
  return compareText(sk.from, sk.to) > 0
}

/** The key attributes of the table or of the index that a query reads. */
export function getKeyNames(shapes: Shapes, { in: table, index }: Pick<Query, 'in' | 'index'>): Key {
  const { indexes } = getTableShape(shapes, table)
  if (index === undefined) return { pk: 'pk', sk: 'sk' }
  const shape = Object.hasOwn(indexes, index) ? indexes[index] : undefined
  if (!shape) throw new EngineMisuse(`the table ${table} has no index ${index}`)
  return shape
}

export function getTableShape(shapes: Shapes, table: string) {
  const shape = Object.hasOwn(shapes, table) ? shapes[table] : undefined
  if (!shape) throw new EngineMisuse(`there is no table ${table}`)
  return shape
}

export function checkKeyText(name: string, value: unknown, maxBytes: number) {
  if (typeof value !== 'string') throw new EngineMisuse(`the key attribute ${name} is not a string`)
  if (value === '') throw new EngineMisuse(`the key attribute ${name} is empty`)
  if (!value.isWellFormed()) throw new EngineMisuse(`the key attribute ${name} holds half a surrogate pair`)
  if (Buffer.byteLength(value) > maxBytes) throw new EngineMisuse(`the key attribute ${name} is over ${maxBytes} bytes`)
}

function checkCursor(query: Query, after: Cursor, names: Key) {
  const expectedNames = new Set(['pk', 'sk', names.pk, names.sk])
  const matches = Object.keys(after).length === expectedNames.size && [...expectedNames].every((name) => after[name])
  if (!matches || after[names.pk] !== query.pk) throw new EngineMisuse('the cursor is not of this query')
  if (isOutside(query, after[names.sk] ?? '')) throw new EngineMisuse('the cursor lies outside this query')
}

function isOutside({ sk }: Query, sortKey: string) {
  if (!sk) return false
  if ('prefix' in sk) return !sortKey.startsWith(sk.prefix)
  return (
    (sk.from !== undefined && compareText(sortKey, sk.from) < 0) ||
    (sk.to !== undefined && compareText(sortKey, sk.to) > 0)
  )
}
