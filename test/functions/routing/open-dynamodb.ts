import { setTimeout as sleep } from 'node:timers/promises'
import { createDynamodbEngine } from '#shared/store/engine/dynamodb/dynamodb.ts'
import type { Engine } from '#shared/store/engine/engine.ts'
import { type Table, tables } from '#shared/store/keys.ts'
import { dynamodbTables } from '#test/dynamodb-tables.ts'

/** Creates the tables of the project, empty, in DynamoDB Local. */
export async function openDynamodb(endpoint: string) {
  const { client, tableNames, connection } = await dynamodbTables(endpoint, tables)
  const createEngine = (now: () => Date): Engine<Table> =>
    createDynamodbEngine({ client, tableNames, shapes: tables, now, sleep, random: Math.random })
  return { createEngine, close: () => connection.destroy() }
}
