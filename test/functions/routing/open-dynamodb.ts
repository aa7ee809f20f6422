import { setTimeout as sleep } from 'node:timers/promises'
import { dynamodbEngine } from '#shared/store/engine/dynamodb/dynamodb.ts'
import type { Engine } from '#shared/store/engine/engine.ts'
import { type Table, tables } from '#shared/store/keys.ts'
import { dynamodbTables } from '#test/dynamodb-tables.ts'

/** The project's own tables, empty, in DynamoDB Local. */
export async function openDynamodb(endpoint: string) {
  const { client, tableNames, connection } = await dynamodbTables(endpoint, tables)
  const engineOf = (now: () => Date): Engine<Table> =>
    dynamodbEngine({ client, tableNames, shapes: tables, now, sleep, random: Math.random })
  return { engineOf, close: () => connection.destroy() }
}
