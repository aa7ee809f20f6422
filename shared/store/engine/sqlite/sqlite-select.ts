import { getKeyNames } from '../check-read.ts'
import type { Key, Query, Shapes } from '../engine.ts'
import { getPrefixEnd } from '../text-order.ts'
import { formatAttribute } from './sqlite-database.ts'

/** Builds the statement that reads a page, in the form that lets SQLite use its partial indexes. */
export function buildPageQuery(shapes: Shapes, query: Query) {
  const names = getKeyNames(shapes, query)
  const pk = formatAttribute(names.pk)
  const sk = formatAttribute(names.sk)
  const bounds = [
    { test: `${pk} = ?`, values: [query.pk] },
    ...(query.index === undefined ? [] : [{ test: `${pk} IS NOT NULL AND ${sk} IS NOT NULL`, values: [] }]),
    ...buildRangeBounds(sk, query.after?.[names.sk], query),
    ...buildCursorBounds(names, query),
  ]
  const direction = query.order === 'descending' ? 'DESC' : 'ASC'
  const order = [sk, 'pk', 'sk'].map((column) => `${column} ${direction}`).join(', ')
  const where = bounds.map(({ test }) => test).join(' AND ')
  return {
    sql: `SELECT item FROM "${query.in}" WHERE ${where} ORDER BY ${order} LIMIT ?`,
    values: [...bounds.flatMap(({ values }) => values), query.limit],
  }
}

/** A cursor is within the range, so it replaces the bound on its side: SQLite seeks by one bound per side. */
function buildRangeBounds(sk: string, cursorSk: string | undefined, { sk: skRange = {}, order }: Query) {
  const { from, to, before } = 'prefix' in skRange ? toPrefixBounds(skRange.prefix) : { ...skRange, before: undefined }
  const ascending = order !== 'descending'
  const last = ascending ? to : (cursorSk ?? to)
  return [
    { test: `${sk} >= ?`, value: ascending ? (cursorSk ?? from) : from },
    { test: `${sk} <= ?`, value: last },
    { test: `${sk} < ?`, value: last === undefined ? before : undefined },
  ].flatMap(({ test, value }) => (value === undefined ? [] : [{ test, values: [value] }]))
}

function toPrefixBounds(prefix: string) {
  return { from: prefix, to: undefined, before: getPrefixEnd(prefix) }
}

function buildCursorBounds(names: Key, { after, order }: Query) {
  if (!after) return []
  const values = [names.sk, 'pk', 'sk'].map((name) => after[name] ?? '')
  const operator = order === 'descending' ? '<' : '>'
  return [{ test: `(${formatAttribute(names.sk)}, pk, sk) ${operator} (?, ?, ?)`, values }]
}
