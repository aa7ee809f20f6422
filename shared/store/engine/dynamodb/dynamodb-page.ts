import type { QueryCommandInput } from '@aws-sdk/lib-dynamodb'
import { keyNames } from '../check-read.ts'
import type { Query, Shapes } from '../engine.ts'
import { type Expression, expression } from './dynamodb-expression.ts'

/** Asks for one page. A table is read consistently; an index cannot be. */
export function pageInput(shapes: Shapes, query: Query, tableName: string): QueryCommandInput {
  const names = keyNames(shapes, query)
  const said = expression()
  const partition = `${said.name(names.pk)} = ${said.value(query.pk)}`
  const range = rangeText(query, names.sk, said)
  return {
    TableName: tableName,
    IndexName: query.index,
    ConsistentRead: query.index === undefined,
    KeyConditionExpression: [partition, ...range].join(' AND '),
    ScanIndexForward: query.order !== 'descending',
    Limit: query.limit,
    ExclusiveStartKey: query.after,
    ...said.placeholders(),
  }
}

function rangeText({ sk: range = {} }: Query, name: string, said: Expression) {
  if ('prefix' in range) return [`begins_with(${said.name(name)}, ${said.value(range.prefix)})`]
  const { from, to } = range
  if (from !== undefined && to !== undefined) {
    return [`${said.name(name)} BETWEEN ${said.value(from)} AND ${said.value(to)}`]
  }
  if (from !== undefined) return [`${said.name(name)} >= ${said.value(from)}`]
  return to === undefined ? [] : [`${said.name(name)} <= ${said.value(to)}`]
}
