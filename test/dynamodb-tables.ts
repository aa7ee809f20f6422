import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { CreateTableCommand, type CreateTableCommandInput, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import type { IndexShape, Shapes, TableShape } from '#shared/store/engine/engine.ts'

/** Tables of these shapes in DynamoDB Local, under names of their own, once it answers. */
export async function dynamodbTables<Table extends string>(endpoint: string, shapes: Shapes<Table>) {
  await waitUntilReady(endpoint)
  const connection = new DynamoDBClient({ endpoint, region: 'us-east-1', credentials })
  const run = randomUUID()
  // As CloudFormation names them: the stack, then the table.
  const toName = (table: string) => `${run}-${table.charAt(0).toUpperCase()}${table.slice(1)}`
  for (const [table, shape] of Object.entries<TableShape>(shapes))
    await connection.send(new CreateTableCommand(tableInput(toName(table), shape)))
  const tableNames = mapTables(shapes, toName)
  return { client: DynamoDBDocumentClient.from(connection), tableNames, connection }
}

export function tableInput(name: string, { indexes }: TableShape): CreateTableCommandInput {
  const keys = [{ pk: 'pk', sk: 'sk' }, ...Object.values(indexes)].flatMap(({ pk, sk }) => [pk, sk])
  return {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: keySchema({ pk: 'pk', sk: 'sk' }),
    AttributeDefinitions: [...new Set(keys)].map((key) => ({ AttributeName: key, AttributeType: 'S' as const })),
    ...(Object.keys(indexes).length > 0 && { GlobalSecondaryIndexes: Object.entries(indexes).map(indexInput) }),
  }
}

function indexInput([name, shape]: [string, IndexShape]) {
  return { IndexName: name, KeySchema: keySchema(shape), Projection: projection(shape) }
}

function projection({ projects }: IndexShape) {
  if (projects === 'all') return { ProjectionType: 'ALL' as const }
  if (projects.length === 0) return { ProjectionType: 'KEYS_ONLY' as const }
  return { ProjectionType: 'INCLUDE' as const, NonKeyAttributes: [...projects] }
}

function keySchema({ pk, sk }: { pk: string; sk: string }) {
  return [
    { AttributeName: pk, KeyType: 'HASH' as const },
    { AttributeName: sk, KeyType: 'RANGE' as const },
  ]
}

function mapTables<Table extends string>(shapes: Shapes<Table>, name: (table: string) => string) {
  return Object.fromEntries(Object.keys(shapes).map((table) => [table, name(table)])) as { [T in Table]: string }
}

const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
const maxAttempts = 300

async function waitUntilReady(endpoint: string) {
  for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
    if (await fetch(endpoint).catch(() => undefined)) return
    await sleep(100)
  }
  throw new Error(`DynamoDB Local does not answer at ${endpoint}`)
}
