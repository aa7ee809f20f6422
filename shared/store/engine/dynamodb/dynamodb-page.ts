import { getKeyNames } from '../check-read.ts'
import type { Query, Shapes } from '../engine.ts'
import { createExpression, type Expression } from './dynamodb-expression.ts'

export type PageInput = ReturnType<typeof buildPageInput>

/** Builds the query for one page. A table is read consistently unless the query may lag; an index cannot be. */
export function buildPageInput(shapes: Shapes, query: Query, tableName: string) {
  const names = getKeyNames(shapes, query)
  const builder = createExpression()
  const partition = `${builder.name(names.pk)} = ${builder.value(query.pk)}`
  const range = formatRange(query, names.sk, builder)
  return {
    TableName: tableName,
    IndexName: query.index,
    ConsistentRead: query.index === undefined && !query.mayLag,
    KeyConditionExpression: [partition, ...range].join(' AND '),
    ScanIndexForward: query.order !== 'descending',
    Limit: query.limit,
    ExclusiveStartKey: query.after,
    ...builder.placeholders(),
  }
}

function formatRange({ sk: range = {} }: Query, name: string, builder: Expression) {
  if ('prefix' in range) return [`begins_with(${builder.name(name)}, ${builder.value(range.prefix)})`]
  const { from, to } = range
  if (from !== undefined && to !== undefined) {
    return [`${builder.name(name)} BETWEEN ${builder.value(from)} AND ${builder.value(to)}`]
  }
  if (from !== undefined) return [`${builder.name(name)} >= ${builder.value(from)}`]
  return to === undefined ? [] : [`${builder.name(name)} <= ${builder.value(to)}`]
}
