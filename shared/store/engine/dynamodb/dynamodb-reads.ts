import { checkGet, checkQuery, isEmptyRange } from '../check-read.ts'
import type { Cursor, Engine, Item, Row, Shapes } from '../engine.ts'
import { isExpired } from '../expiry.ts'
import { buildPageInput, type PageInput } from './dynamodb-page.ts'
import { throwEngineError } from './throw-engine-error.ts'

/** The two calls of DynamoDB that read, with items as plain values. */
export type DynamodbReadCalls = {
  getItem(input: GetInput): Promise<{ Item?: Item | undefined }>
  query(input: PageInput): Promise<{ Items?: Item[] | undefined; LastEvaluatedKey?: Item | undefined }>
}
export type GetInput = { TableName: string; Key: { pk: string; sk: string }; ConsistentRead: boolean }
export type EngineReads<Table extends string = string> = Pick<Engine<Table>, 'get' | 'query'>
type ReadSettings<Table extends string> = {
  calls: DynamodbReadCalls
  tableNames: { readonly [T in Table]: string }
  shapes: Shapes<Table>
  now: () => Date
}

/** The reads of the engine on AWS. A table is read consistently unless the read may lag; an index cannot be. */
export function createDynamodbReads<Table extends string>(settings: ReadSettings<Table>): EngineReads<Table> {
  const { calls, tableNames, shapes, now } = settings
  return {
    async get({ in: table, key, mayLag = false }) {
      checkGet(shapes, table, key)
      const { pk, sk } = key
      const input = { TableName: tableNames[table], Key: { pk, sk }, ConsistentRead: !mayLag }
      const { Item: item } = await calls.getItem(input).catch(throwEngineError)
      return item && !isExpired(item, now()) ? toRow(item) : undefined
    },

    async query(query) {
      checkQuery(shapes, query)
      if (isEmptyRange(query)) return { items: [] }
      const { Items: storedItems = [], LastEvaluatedKey: last } = await calls
        .query(buildPageInput(shapes, query, tableNames[query.in]))
        .catch(throwEngineError)
      const items = storedItems.filter((item) => !isExpired(item, now())).map(toRow)
      return last ? { items, next: toCursor(last) } : { items }
    },
  }
}

function toRow(item: Item): Row {
  return { ...item, pk: String(item.pk), sk: String(item.sk) }
}

function toCursor(key: Item): Cursor {
  return Object.fromEntries(Object.entries(key).map(([name, value]) => [name, String(value)]))
}
