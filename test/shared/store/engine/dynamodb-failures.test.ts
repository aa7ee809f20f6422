import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  ProvisionedThroughputExceededException,
  TransactionCanceledException,
  TransactionConflictException,
  TransactionInProgressException,
} from '@aws-sdk/client-dynamodb'
import {
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  type ServiceInputTypes,
  type ServiceOutputTypes,
  TransactWriteCommand,
  UpdateCommand,
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
const leaseChange = {
  in: 'things',
  change: key,
  set: { token: 'mine' },
  add: { count: 1 },
  when: { attribute: 'token', is: 'absent' },
  unique: 'token',
} as const
const fault = { message: '', $metadata: {} }

describe('DynamoDB engine when a call fails', () => {
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
    'retries a transaction after %s with the same token',
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

  it('reports which write met a conflict after six attempts', async () => {
    mock.on(TransactWriteCommand).rejects(createCancellation('None', 'TransactionConflict'))

    expect(await engine.transact(two)).toEqual({ done: false, refused: [undefined, 'conflict'] })
    expect(tokens()).toHaveLength(6)
    expect(pauses).toEqual([20, 40, 80, 160, 250])
  })

  it('throws EngineThrottled after six throttled attempts', async () => {
    mock.on(TransactWriteCommand).rejects(createCancellation('None', 'ThrottlingError'))

    await expect(engine.transact(two)).rejects.toThrow(expect.objectContaining({ name: 'EngineThrottled' }))
    expect(tokens()).toHaveLength(6)
  })

  it('does not retry a transaction whose condition failed', async () => {
    mock.on(TransactWriteCommand).rejects(createCancellation('TransactionConflict', 'ConditionalCheckFailed'))

    expect(await engine.transact(two)).toEqual({ done: false, refused: ['conflict', 'condition'] })
    expect(tokens()).toHaveLength(1)
  })

  it('retries when its own transaction is still in progress', async () => {
    mock
      .on(TransactWriteCommand)
      .rejectsOnce(new TransactionInProgressException({ ...fault }))
      .resolves({})

    expect(await engine.transact(two)).toEqual({ done: true })
    expect(new Set(tokens()).size).toBe(1)
  })

  it('throws if the outcome of its transaction stays unknown', async () => {
    mock.on(TransactWriteCommand).rejects(new TransactionInProgressException({ ...fault }))

    await expect(engine.transact(two)).rejects.toBeInstanceOf(TransactionInProgressException)
  })

  it('retries a single put that met a transaction, then reports a conflict', async () => {
    mock.on(PutCommand).rejects(new TransactionConflictException({ ...fault }))

    expect(await engine.transact([{ in: 'things', put: key }])).toEqual({ done: false, refused: ['conflict'] })
    expect(mock.commandCalls(PutCommand)).toHaveLength(6)
  })

  it('gets an item consistently unless it may lag', async () => {
    mock.on(GetCommand).resolves({})
    await engine.get({ in: 'things', key })
    await engine.get({ in: 'things', key, mayLag: true })
    expect(mock.commandCalls(GetCommand).map(({ args: [{ input }] }) => input.ConsistentRead)).toEqual([true, false])
  })

  it('sends a lone change with a unique attribute without a transaction', async () => {
    mock
      .on(UpdateCommand)
      .rejectsOnce(new TransactionConflictException({ ...fault }))
      .resolves({})

    expect(await engine.transact([leaseChange])).toEqual({ done: true })
    expect(mock.commandCalls(UpdateCommand)).toHaveLength(2)
    expect(tokens()).toHaveLength(0)
  })

  it('reports a lone change as refused, unless the item has the unique value that it would set', async () => {
    const refuse = (token: string) =>
      mock
        .on(UpdateCommand)
        .rejectsOnce(new ConditionalCheckFailedException({ ...fault, Item: { token: { S: token } } }))
    refuse('that of another')
    expect(await engine.transact([leaseChange])).toEqual({ done: false, refused: ['condition'] })
    refuse('mine')
    expect(await engine.transact([leaseChange])).toEqual({ done: true })
  })

  it('throws EngineThrottled if a lone change is throttled', async () => {
    mock.on(UpdateCommand).rejects(new ProvisionedThroughputExceededException({ ...fault }))
    await expect(engine.transact([leaseChange])).rejects.toThrow(expect.objectContaining({ name: 'EngineThrottled' }))
  })

  it('throws for any other reason of a canceled transaction', async () => {
    mock.on(TransactWriteCommand).rejectsOnce(createCancellation('None', 'InternalServerError'))
    await expect(engine.transact(two)).rejects.toThrow('InternalServerError')
    mock.on(TransactWriteCommand).rejects(new ProvisionedThroughputExceededException({ ...fault }))
    await expect(engine.transact(two)).rejects.toThrow(
      expect.objectContaining({ name: 'EngineThrottled', cause: expect.any(ProvisionedThroughputExceededException) }),
    )
  })

  it('sends a token with every condition and every addition', async () => {
    mock.on(TransactWriteCommand).resolves({})
    await engine.transact([{ in: 'things', put: key, when: { exists: false } }])
    await engine.transact([{ in: 'things', delete: key, when: { exists: true } }])
    await engine.transact([{ in: 'things', change: key, add: { count: 1 } }])

    expect(tokens().filter(Boolean)).toHaveLength(3)
    expect(mock.calls()).toHaveLength(3)
  })

  it('throws EngineMisuse if DynamoDB rejects a write as malformed', async () => {
    mock.on(TransactWriteCommand).rejects(createCancellation('ValidationError', 'None'))
    await expect(engine.transact(two)).rejects.toThrow(expect.objectContaining({ name: 'EngineMisuse' }))
  })
})

describeUnless(missing, 'DynamoDB engine when a response is lost', () => {
  it('counts an addition once and does not mistake its own write for a conflict', async () => {
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

    lostResponses.length = 0
    expect(await engine.transact([leaseChange])).toEqual({ done: true })
    // The second response is a refusal.
    expect(lostResponses).toHaveLength(1)
    expect(await engine.get({ in: 'things', key })).toEqual({ ...key, token: 'mine', count: 2 })
    connection.destroy()
  })
})
