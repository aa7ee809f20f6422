import {
  DynamoDBClient,
  ProvisionedThroughputExceededException,
  TransactionCanceledException,
  TransactionConflictException,
  TransactionInProgressException,
} from '@aws-sdk/client-dynamodb'
import {
  DynamoDBDocumentClient,
  PutCommand,
  type ServiceInputTypes,
  type ServiceOutputTypes,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb'
import type { FinalizeRequestMiddleware } from '@smithy/types'
import { mockClient } from 'aws-sdk-client-mock'
import { beforeEach, describe, expect, inject, it } from 'vitest'
import { createDynamodbEngine } from '#shared/store/engine/dynamodb/dynamodb.ts'
import { describeUnless } from '../../../describe-unless.ts'
import { dynamodbTables } from '../../../dynamodb-tables.ts'
import { shapes } from './shapes.ts'

const { endpoint, missing } = inject('dynamodbLocal')
const key = { pk: 'A', sk: 'A' }
const two = [
  { in: 'things', change: key, add: { count: 1 } },
  { in: 'others', put: key, when: { exists: false } },
] as const
const fault = { message: '', $metadata: {} }

describe('DynamoDB, when it fails', () => {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'us-east-1' }))
  const mock = mockClient(client)
  const pauses: number[] = []
  const sleep = async (milliseconds: number) => pauses.push(milliseconds)
  const tableNames = { things: 'T', others: 'O' }
  const engine = createDynamodbEngine({ client, tableNames, shapes, now: () => new Date(), sleep, random: () => 0.5 })
  const tokens = () => mock.commandCalls(TransactWriteCommand).map(({ args: [{ input }] }) => input.ClientRequestToken)
  const createCancellation = (...codes: string[]) =>
    new TransactionCanceledException({ ...fault, CancellationReasons: codes.map((Code) => ({ Code })) })

  beforeEach(() => {
    mock.reset()
    pauses.length = 0
  })

  it.each(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded'])(
    'tries again after %s, under the same token, and succeeds',
    async (code) => {
      mock
        .on(TransactWriteCommand)
        .rejectsOnce(createCancellation('None', code))
        .rejectsOnce(createCancellation(code, 'None'))
        .resolves({})

      expect(await engine.transact(two)).toEqual({ done: true })
      expect(pauses).toEqual([20, 40])
      expect(new Set(tokens()).size).toBe(1)
      expect(tokens()).toHaveLength(3)
    },
  )

  it('gives up after six conflicts and says at which write', async () => {
    mock.on(TransactWriteCommand).rejects(createCancellation('None', 'TransactionConflict'))

    expect(await engine.transact(two)).toEqual({ done: false, refused: [undefined, 'conflict'] })
    expect(tokens()).toHaveLength(6)
    expect(pauses).toEqual([20, 40, 80, 160, 250])
  })

  it('does not try again what a condition has settled', async () => {
    mock.on(TransactWriteCommand).rejects(createCancellation('TransactionConflict', 'ConditionalCheckFailed'))

    expect(await engine.transact(two)).toEqual({ done: false, refused: ['conflict', 'condition'] })
    expect(tokens()).toHaveLength(1)
  })

  it('waits for its own transaction where a repeat met it in progress', async () => {
    mock
      .on(TransactWriteCommand)
      .rejectsOnce(new TransactionInProgressException({ ...fault }))
      .resolves({})

    expect(await engine.transact(two)).toEqual({ done: true })
    expect(new Set(tokens()).size).toBe(1)
  })

  it('throws where it never learns what became of its transaction', async () => {
    mock.on(TransactWriteCommand).rejects(new TransactionInProgressException({ ...fault }))

    await expect(engine.transact(two)).rejects.toBeInstanceOf(TransactionInProgressException)
  })

  it('tries a lone put again that met a transaction, then calls it a conflict', async () => {
    mock.on(PutCommand).rejects(new TransactionConflictException({ ...fault }))

    expect(await engine.transact([{ in: 'things', put: key }])).toEqual({ done: false, refused: ['conflict'] })
    expect(mock.commandCalls(PutCommand)).toHaveLength(6)
  })

  it('throws what it cannot explain', async () => {
    mock.on(TransactWriteCommand).rejectsOnce(createCancellation('None', 'InternalServerError'))
    await expect(engine.transact(two)).rejects.toThrow('InternalServerError')
    mock.on(TransactWriteCommand).rejects(new ProvisionedThroughputExceededException({ ...fault }))
    await expect(engine.transact(two)).rejects.toBeInstanceOf(ProvisionedThroughputExceededException)
  })

  it('never sends a condition or an addition without a token', async () => {
    mock.on(TransactWriteCommand).resolves({})
    await engine.transact([{ in: 'things', put: key, when: { exists: false } }])
    await engine.transact([{ in: 'things', delete: key, when: { exists: true } }])
    await engine.transact([{ in: 'things', change: key, add: { count: 1 } }])

    expect(tokens().filter(Boolean)).toHaveLength(3)
    expect(mock.calls()).toHaveLength(3)
  })

  it('calls it misuse when DynamoDB finds a write ill-formed', async () => {
    mock.on(TransactWriteCommand).rejects(createCancellation('ValidationError', 'None'))
    await expect(engine.transact(two)).rejects.toThrow(expect.objectContaining({ name: 'EngineMisuse' }))
  })
})

describeUnless(missing, 'DynamoDB, when its answer is lost', () => {
  it('counts an addition once and does not take its own write for another', async () => {
    const { client, tableNames, connection } = await dynamodbTables(endpoint, shapes)
    const lostResponses: string[] = []
    const loseFirst: FinalizeRequestMiddleware<ServiceInputTypes, ServiceOutputTypes> = (next) => async (args) => {
      const response = await next(args)
      if (lostResponses.push('an answer') > 1) return response
      throw Object.assign(new Error('socket hang up'), { name: 'TimeoutError' })
    }
    client.middlewareStack.addRelativeTo(loseFirst, { relation: 'after', toMiddleware: 'retryMiddleware' })
    const sleep = async () => {}
    const engine = createDynamodbEngine({ client, tableNames, shapes, now: () => new Date(), sleep, random: () => 0 })

    expect(await engine.transact(two)).toEqual({ done: true })
    expect(lostResponses).toHaveLength(2)
    expect(await engine.get({ in: 'things', key })).toEqual({ ...key, count: 1 })
    connection.destroy()
  })
})
