import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import {
  BatchWriteItemCommand,
  CreateTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  paginateScan,
} from '@aws-sdk/client-dynamodb'
import * as z from 'zod'

type Attributes = { [name: string]: object }
type Tag = { Key: string; Value: string }
type TableExtras = {
  recoveryDays?: number
  timeToLive?: string
  hasDeletionProtection: boolean
  stream?: object
  tags: Tag[]
  kmsKey?: string
  restored?: { source: string; at: number }
  /** How many more descriptions say that it is being created. */
  creatingFor: number
}
type Input = { [name: string]: unknown }

const region = 'us-east-1'
const toArn = (name: string) => `arn:aws:dynamodb:${region}:111122223333:table/${name}`

/**
 * DynamoDB Local with what it lacks: point-in-time restore, which copies the snapshot that a test has taken, and the settings of
 * tables that a restore does not carry over, which AWS documents and a new table is without. Data goes to DynamoDB Local.
 */
export async function startControlPlane({ endpoint, local }: { endpoint: string; local: DynamoDBClient }) {
  const tables = new Map<string, TableExtras>()
  const snapshots = new Map<string, Attributes[]>()
  const window = { earliest: 0, latest: 0 }
  /** A row for which this is true is lost by the restore. */
  const loss = { of: (_: Attributes) => false }
  const calls: string[] = []

  const operations: { [name: string]: (input: Input) => Promise<object> } = {
    async DescribeTable({ TableName }) {
      const name = String(TableName)
      const { Table } = await local.send(new DescribeTableCommand({ TableName: name }))
      const { hasDeletionProtection, stream, kmsKey, restored, ...extras } = extrasOf(name)
      const isCreating = extras.creatingFor > 0
      if (isCreating) extrasOf(name).creatingFor -= 1
      return {
        Table: {
          KeySchema: Table?.KeySchema,
          ItemCount: Table?.ItemCount,
          GlobalSecondaryIndexes: Table?.GlobalSecondaryIndexes?.map(({ IndexName, KeySchema, Projection }) => ({
            IndexName,
            KeySchema,
            Projection,
          })),
          TableArn: toArn(name),
          TableStatus: isCreating ? 'CREATING' : 'ACTIVE',
          DeletionProtectionEnabled: hasDeletionProtection,
          StreamSpecification: stream,
          ...(kmsKey && { SSEDescription: { Status: 'ENABLED', KMSMasterKeyArn: kmsKey } }),
          ...(restored && {
            RestoreSummary: {
              SourceTableArn: toArn(restored.source),
              RestoreDateTime: restored.at,
              RestoreInProgress: isCreating,
            },
          }),
        },
      }
    },
    async DescribeContinuousBackups({ TableName }) {
      const { recoveryDays } = readyExtrasOf(String(TableName))
      const recovery = {
        PointInTimeRecoveryStatus: 'ENABLED',
        RecoveryPeriodInDays: recoveryDays,
        EarliestRestorableDateTime: window.earliest,
        LatestRestorableDateTime: window.latest,
      }
      return {
        ContinuousBackupsDescription: {
          ContinuousBackupsStatus: 'ENABLED',
          PointInTimeRecoveryDescription: recoveryDays ? recovery : { PointInTimeRecoveryStatus: 'DISABLED' },
        },
      }
    },
    async DescribeTimeToLive({ TableName }) {
      const { timeToLive } = readyExtrasOf(String(TableName))
      return {
        TimeToLiveDescription: timeToLive
          ? { TimeToLiveStatus: 'ENABLED', AttributeName: timeToLive }
          : { TimeToLiveStatus: 'DISABLED' },
      }
    },
    async ListTagsOfResource({ ResourceArn }) {
      return { Tags: readyExtrasOf(toName(ResourceArn)).tags }
    },
    async RestoreTableToPointInTime(input) {
      const {
        SourceTableName: source,
        TargetTableName: target,
        RestoreDateTime: at,
        ...rest
      } = restoreInput.parse(input)
      const { Table } = await local.send(new DescribeTableCommand({ TableName: source }))
      const indexes = Table?.GlobalSecondaryIndexes?.map(({ IndexName, KeySchema, Projection }) => ({
        IndexName,
        KeySchema,
        Projection,
      }))
      await local.send(
        new CreateTableCommand({
          TableName: target,
          BillingMode: 'PAY_PER_REQUEST',
          KeySchema: Table?.KeySchema,
          AttributeDefinitions: Table?.AttributeDefinitions,
          ...(indexes && { GlobalSecondaryIndexes: indexes }),
        }),
      )
      await copyRows(
        target,
        (snapshots.get(source) ?? []).filter((row) => !loss.of(row)),
      )
      const kmsKey = rest.SSESpecificationOverride?.KMSMasterKeyId
      tables.set(target, {
        hasDeletionProtection: false,
        tags: [],
        creatingFor: 3,
        restored: { source, at },
        ...(kmsKey && { kmsKey }),
      })
      return { TableDescription: { TableName: target } }
    },
    async UpdateContinuousBackups({ TableName, PointInTimeRecoverySpecification: specification }) {
      extrasOf(String(TableName)).recoveryDays = z
        .object({ RecoveryPeriodInDays: z.int() })
        .parse(specification).RecoveryPeriodInDays
      return {}
    },
    async UpdateTimeToLive({ TableName, TimeToLiveSpecification: specification }) {
      extrasOf(String(TableName)).timeToLive = z
        .object({ AttributeName: z.string() })
        .parse(specification).AttributeName
      return {}
    },
    async UpdateTable({ TableName, DeletionProtectionEnabled, StreamSpecification }) {
      const extras = extrasOf(String(TableName))
      extras.hasDeletionProtection = DeletionProtectionEnabled === true
      if (StreamSpecification) extras.stream = StreamSpecification
      return {}
    },
    async TagResource({ ResourceArn, Tags }) {
      extrasOf(toName(ResourceArn)).tags.push(...z.array(z.object({ Key: z.string(), Value: z.string() })).parse(Tags))
      return {}
    },
  }

  const server = createServer(async (request, response) => {
    const body = await readBody(request)
    const operation = String(request.headers['x-amz-target']).split('.')[1] ?? ''
    const handle = operations[operation]
    try {
      if (handle) {
        calls.push(operation)
        response
          .setHeader('content-type', 'application/x-amz-json-1.0')
          .end(JSON.stringify(await handle(JSON.parse(body))))
        return
      }
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
      const { host: _host, connection: _connection, 'content-length': _length, ...forwarded } = headers
      const answer = await fetch(endpoint, { method: 'POST', headers: forwarded, body })
      response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' }).end(await answer.text())
    } catch (error) {
      const type = error instanceof Error ? error.name : 'InternalServerError'
      response.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' })
      response.end(JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${type}`, message: String(error) }))
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()

  return {
    endpoint: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    calls,
    window,
    loss,
    /** A table that the stack has made. */
    addTable: (name: string, extras: Partial<TableExtras>) =>
      tables.set(name, { hasDeletionProtection: true, recoveryDays: 35, tags: [], creatingFor: 0, ...extras }),
    readExtras: (name: string) => extrasOf(name),
    /** The contents that a restore copies, whatever its instant is. */
    async takeSnapshot(name: string) {
      snapshots.set(name, await readRows(name))
    },
    readRows,
    close: () => server.close(),
  }

  /** A table that is being created has neither backups nor expiry nor tags yet. */
  function readyExtrasOf(name: string): TableExtras {
    const extras = extrasOf(name)
    if (extras.creatingFor === 0) return extras
    throw Object.assign(new Error(`${name} is being created.`), { name: 'TableNotFoundException' })
  }

  function extrasOf(name: string): TableExtras {
    const extras = tables.get(name)
    if (extras) return extras
    throw Object.assign(new Error(`${name} does not exist.`), { name: 'ResourceNotFoundException' })
  }

  async function readRows(TableName: string): Promise<Attributes[]> {
    const rows: Attributes[] = []
    for await (const { Items = [] } of paginateScan({ client: local }, { TableName })) rows.push(...Items)
    return rows
  }

  async function copyRows(target: string, rows: readonly object[]): Promise<void> {
    for (let from = 0; from < rows.length; from += 25) {
      const requests = rows.slice(from, from + 25).map((Item) => ({ PutRequest: { Item: { ...Item } } }))
      await local.send(new BatchWriteItemCommand({ RequestItems: { [target]: requests } }))
    }
  }
}

const toName = (arn: unknown) => String(arn).split('/').at(-1) ?? ''
const restoreInput = z.object({
  SourceTableName: z.string(),
  TargetTableName: z.string(),
  RestoreDateTime: z.number(),
  SSESpecificationOverride: z.object({ KMSMasterKeyId: z.string() }).optional(),
})

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString('utf8')
}
