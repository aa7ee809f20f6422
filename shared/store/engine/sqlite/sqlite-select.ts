import { keyNames } from '../check-read.ts'
import type { Key, Query, Shapes } from '../engine.ts'
import { afterPrefix } from '../text-order.ts'
import { attribute } from './sqlite-database.ts'

/** The statement that reads a page, in the form that SQLite recognises its partial indexes by. */
export function selectPage(shapes: Shapes, query: Query) {
  const names = keyNames(shapes, query)
  const pk = attribute(names.pk)
  const sk = attribute(names.sk)
  const bounds = [
    { test: `${pk} = ?`, values: [query.pk] },
    ...(query.index === undefined ? [] : [{ test: `${pk} IS NOT NULL AND ${sk} IS NOT NULL`, values: [] }]),
    ...range(sk, query.after?.[names.sk], query),
    ...start(names, query),
  ]
  const direction = query.order === 'descending' ? 'DESC' : 'ASC'
  const order = [sk, 'pk', 'sk'].map((column) => `${column} ${direction}`).join(', ')
  const where = bounds.map(({ test }) => test).join(' AND ')
  return {
    sql: `SELECT item FROM "${query.in}" WHERE ${where} ORDER BY ${order} LIMIT ?`,
    values: [...bounds.flatMap(({ values }) => values), query.limit],
  }
}

/** A cursor lies within the range, so it takes the place of the bound behind it: SQLite seeks by one bound a side. */
function range(sk: string, reached: string | undefined, { sk: wanted = {}, order }: Query) {
  const { from, to, before } = 'prefix' in wanted ? prefixed(wanted.prefix) : { ...wanted, before: undefined }
  const ascending = order !== 'descending'
  const last = ascending ? to : (reached ?? to)
  return [
    { test: `${sk} >= ?`, value: ascending ? (reached ?? from) : from },
    { test: `${sk} <= ?`, value: last },
    { test: `${sk} < ?`, value: last === undefined ? before : undefined },
  ].flatMap(({ test, value }) => (value === undefined ? [] : [{ test, values: [value] }]))
}

function prefixed(prefix: string) {
  return { from: prefix, to: undefined, before: afterPrefix(prefix) }
}

function start(names: Key, { after, order }: Query) {
  if (!after) return []
  const values = [names.sk, 'pk', 'sk'].map((name) => after[name] ?? '')
  const past = order === 'descending' ? '<' : '>'
  return [{ test: `(${attribute(names.sk)}, pk, sk) ${past} (?, ?, ?)`, values }]
}
