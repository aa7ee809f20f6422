import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb'
import { checkGet, checkQuery, isEmptyRange } from '../check-read.ts'
import { checkWrites } from '../check-writes.ts'
import type { Cursor, Engine, Item, Row } from '../engine.ts'
import { isExpired } from '../expiry.ts'
import { buildPageInput } from './dynamodb-page.ts'
import type { DynamodbSettings } from './dynamodb-settings.ts'
import { singleWrite } from './dynamodb-single.ts'
import { runTransaction } from './dynamodb-transaction.ts'
import { throwEngineError } from './throw-engine-error.ts'

/** The engine on AWS. A call that gets no response throws, because its outcome is unknown. */
export function createDynamodbEngine<Table extends string>(settings: DynamodbSettings<Table>): Engine<Table> {
  const { client, tableNames, shapes, now } = settings

  return {
    prefersLoneWrites: true,

    async get({ in: table, key }) {
      checkGet(shapes, table, key)
      const { pk, sk } = key
      const input = { TableName: tableNames[table], Key: { pk, sk }, ConsistentRead: true }
      const { Item: item } = await client.send(new GetCommand(input)).catch(throwEngineError)
      return item && !isExpired(item, now()) ? toRow(item) : undefined
    },

    async query(query) {
      checkQuery(shapes, query)
      if (isEmptyRange(query)) return { items: [] }
      const input = buildPageInput(shapes, query, tableNames[query.in])
      const { Items: storedItems = [], LastEvaluatedKey: last } = await client
        .send(new QueryCommand(input))
        .catch(throwEngineError)
      const items = storedItems.filter((item) => !isExpired(item, now())).map(toRow)
      return last ? { items, next: toCursor(last) } : { items }
    },

    async transact(writes) {
      checkWrites(shapes, writes)
      const [only, ...others] = writes
      const outcome =
        only && others.length === 0 && singleWrite.canSend(only) ? await singleWrite.send(settings, only) : undefined
      return outcome === undefined || outcome === 'expired' ? runTransaction(settings, writes) : outcome
    },
  }
}

function toRow(item: Item): Row {
  return { ...item, pk: String(item.pk), sk: String(item.sk) }
}

function toCursor(key: Item): Cursor {
  return Object.fromEntries(Object.entries(key).map(([name, value]) => [name, String(value)]))
}
