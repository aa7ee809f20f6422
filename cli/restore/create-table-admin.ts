import { setTimeout as sleep } from 'node:timers/promises'
import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  ListTagsOfResourceCommand,
  ResourceNotFoundException,
  RestoreTableToPointInTimeCommand,
  type TableDescription,
  TagResourceCommand,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb'
import { BatchWriteCommand, DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb'
import type { Row } from '#shared/store/engine/engine.ts'
import type { RowWrite, TableAdmin, TableSettings, Tag } from './table-admin.ts'

type AdminOptions = {
  client: DynamoDBClient
  /** Milliseconds between tries, while a table is being updated. */
  retryMs?: number
}
const maxTries = 60

/** The administration of tables in DynamoDB. */
export function createTableAdmin({ client, retryMs = 5000 }: AdminOptions): TableAdmin {
  const documents = DynamoDBDocumentClient.from(client)

  /** A new table refuses changes for some minutes, and any table while another change of it is under way. */
  async function retryWhileBusy<Result>(work: () => Promise<Result>): Promise<Result> {
    for (let tries = 1; ; tries++)
      try {
        return await work()
      } catch (error) {
        if (tries === maxTries || !(error instanceof Error) || !busyErrors.includes(error.name)) throw error
        await sleep(retryMs)
      }
  }

  return {
    async describe(name) {
      const description = await client.send(new DescribeTableCommand({ TableName: name })).catch((error: unknown) => {
        if (error instanceof ResourceNotFoundException) return undefined
        throw error
      })
      if (!description?.Table) return undefined
      const table = description.Table
      const isActive = hasEnded(table)
      // What is asked here does not exist until the table does.
      if (!isActive) return { ...toIdentity(name, table), isActive, window: undefined, settings: noSettings }
      const [backups, expiry, tags] = await Promise.all([
        client.send(new DescribeContinuousBackupsCommand({ TableName: name })),
        client.send(new DescribeTimeToLiveCommand({ TableName: name })),
        listTags(client, table.TableArn ?? ''),
      ])
      const recovery = backups.ContinuousBackupsDescription?.PointInTimeRecoveryDescription
      const isRecoverable = recovery?.PointInTimeRecoveryStatus === 'ENABLED'
      const { EarliestRestorableDateTime: earliest, LatestRestorableDateTime: latest } = recovery ?? {}
      const { TimeToLiveStatus, AttributeName } = expiry.TimeToLiveDescription ?? {}
      const hasExpiry = TimeToLiveStatus === 'ENABLED' || TimeToLiveStatus === 'ENABLING'
      return {
        ...toIdentity(name, table),
        isActive,
        window: isRecoverable && earliest && latest ? { earliest, latest } : undefined,
        settings: {
          hasDeletionProtection: table.DeletionProtectionEnabled === true,
          timeToLive: hasExpiry ? AttributeName : undefined,
          recoveryDays: isRecoverable ? (recovery.RecoveryPeriodInDays ?? defaultRecoveryDays) : undefined,
          stream: table.StreamSpecification?.StreamEnabled ? table.StreamSpecification.StreamViewType : undefined,
          tags,
        },
      }
    },

    async startRestore({ from, to, at }) {
      await client.send(
        new RestoreTableToPointInTimeCommand({
          SourceTableName: from.name,
          TargetTableName: to,
          RestoreDateTime: at,
          // AWS documents that the key is kept; it is named so that personal data never depends on that.
          ...(from.encryptionKey !== undefined && {
            SSESpecificationOverride: { Enabled: true, SSEType: 'KMS', KMSMasterKeyId: from.encryptionKey },
          }),
        }),
      )
    },

    async applySettings({ name, arn, settings: actual }, settings) {
      const { hasDeletionProtection, timeToLive, recoveryDays, stream, tags } = settings
      const table = { TableName: name }
      if (recoveryDays !== undefined && actual.recoveryDays !== recoveryDays)
        await retryWhileBusy(() =>
          client.send(
            new UpdateContinuousBackupsCommand({
              ...table,
              PointInTimeRecoverySpecification: {
                PointInTimeRecoveryEnabled: true,
                RecoveryPeriodInDays: recoveryDays,
              },
            }),
          ),
        )
      if (timeToLive !== undefined && actual.timeToLive !== timeToLive)
        await retryWhileBusy(() =>
          client.send(
            new UpdateTimeToLiveCommand({
              ...table,
              TimeToLiveSpecification: { Enabled: true, AttributeName: timeToLive },
            }),
          ),
        )
      if (actual.hasDeletionProtection !== hasDeletionProtection || actual.stream !== stream)
        await retryWhileBusy(() =>
          client.send(
            new UpdateTableCommand({
              ...table,
              DeletionProtectionEnabled: hasDeletionProtection,
              ...(stream !== actual.stream &&
                stream && { StreamSpecification: { StreamEnabled: true, StreamViewType: stream } }),
            }),
          ),
        )
      const missingTags = tags.filter((tag) => !actual.tags.some((one) => isSameTag(one, tag)))
      if (missingTags.length > 0) {
        const Tags = missingTags.map(({ key: Key, value: Value }) => ({ Key, Value }))
        await retryWhileBusy(() => client.send(new TagResourceCommand({ ResourceArn: arn, Tags })))
      }
    },

    async *scan(name) {
      let startKey: { [name: string]: unknown } | undefined
      do {
        const input = { TableName: name, ConsistentRead: true, ...(startKey && { ExclusiveStartKey: startKey }) }
        const { Items: items = [], LastEvaluatedKey: lastKey } = await documents.send(new ScanCommand(input))
        yield items.map((item): Row => ({ ...item, pk: String(item.pk), sk: String(item.sk) }))
        startKey = lastKey
      } while (startKey)
    },

    async write(name, writes) {
      let pending: object[] = writes.map(toRequest)
      for (let tries = 1; pending.length > 0; tries++) {
        if (tries > maxTries) throw new Error(`DynamoDB did not accept ${pending.length} rows of ${name}.`)
        if (tries > 1) await sleep(Math.min(50 * 2 ** tries, 5000))
        const { UnprocessedItems = {} } = await documents.send(
          new BatchWriteCommand({ RequestItems: { [name]: pending } }),
        )
        pending = UnprocessedItems[name] ?? []
      }
    },
  }
}

const noSettings: TableSettings = {
  hasDeletionProtection: false,
  timeToLive: undefined,
  recoveryDays: undefined,
  stream: undefined,
  tags: [],
}

/** Whether a table and its indexes can be used, and its restore has ended. */
function hasEnded({ TableStatus, RestoreSummary, GlobalSecondaryIndexes = [] }: TableDescription): boolean {
  const isReady = (status: string | undefined) => status === undefined || status === 'ACTIVE'
  return (
    TableStatus === 'ACTIVE' &&
    RestoreSummary?.RestoreInProgress !== true &&
    GlobalSecondaryIndexes.every(({ IndexStatus }) => isReady(IndexStatus))
  )
}

function toIdentity(name: string, table: TableDescription) {
  const { SourceTableArn: from, RestoreDateTime: at } = table.RestoreSummary ?? {}
  return {
    name,
    arn: table.TableArn ?? '',
    approximateRows: table.ItemCount ?? 0,
    encryptionKey: table.SSEDescription?.KMSMasterKeyArn,
    shape: describeShape(table),
    restored: from !== undefined && at !== undefined ? { from, at } : undefined,
  }
}

const busyErrors = ['ResourceInUseException', 'ContinuousBackupsUnavailableException', 'LimitExceededException']
const defaultRecoveryDays = 35

function toRequest(write: RowWrite): object {
  return 'put' in write ? { PutRequest: { Item: write.put } } : { DeleteRequest: { Key: write.delete } }
}

/** Tags that begin with `aws:` are set by AWS and refused from others. */
async function listTags(client: DynamoDBClient, ResourceArn: string): Promise<Tag[]> {
  const tags: Tag[] = []
  let NextToken: string | undefined
  do {
    const page = await client.send(new ListTagsOfResourceCommand({ ResourceArn, ...(NextToken && { NextToken }) }))
    for (const { Key: key = '', Value: value = '' } of page.Tags ?? [])
      if (!key.startsWith('aws:')) tags.push({ key, value })
    NextToken = page.NextToken
  } while (NextToken)
  return tags
}

function isSameTag(one: Tag, other: Tag): boolean {
  return one.key === other.key && one.value === other.value
}

function describeShape({ KeySchema = [], GlobalSecondaryIndexes = [] }: TableDescription): string {
  const formatKeys = (keys: TableDescription['KeySchema'] = []) =>
    keys.map(({ AttributeName, KeyType }) => `${KeyType} ${AttributeName}`).join(', ')
  const indexes = GlobalSecondaryIndexes.map(({ IndexName, KeySchema: keys, Projection }) => {
    const projected = [Projection?.ProjectionType, ...(Projection?.NonKeyAttributes?.toSorted() ?? [])].join(' ')
    return `${IndexName}: ${formatKeys(keys)}; ${projected}`
  })
  return [formatKeys(KeySchema), ...indexes.toSorted()].join('\n')
}
