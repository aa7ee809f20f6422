import { SendMessageBatchCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { mockClient } from 'aws-sdk-client-mock'
import { beforeEach, describe, expect, it } from 'vitest'
import { createSqsDeliveryQueue, createSqsRetryQueue } from '#shared/outbound/sqs-queue.ts'

const client = new SQSClient({ region: 'us-east-1' })
const sqs = mockClient(client)
const queue = createSqsDeliveryQueue({ client, queueUrl: 'https://sqs.test/queue' })
const createPointers = (count: number) =>
  Array.from({ length: count }, (_, at) => ({
    deliveryId: `dlv_${at}`,
    schoolId: `sch_${at % 3}`,
  }))
const listBatches = () => sqs.commandCalls(SendMessageBatchCommand).map(({ args: [{ input }] }) => input)

beforeEach(() => sqs.reset())

describe('the queue of deliveries', () => {
  it('sends pointers in batches of ten, each in the message group of its school', async () => {
    sqs.on(SendMessageBatchCommand).resolves({ Successful: [], Failed: [] })
    await queue.send(createPointers(23))

    expect(listBatches().map(({ Entries }) => Entries?.length)).toEqual([10, 10, 3])
    const entries = listBatches().flatMap(({ Entries = [] }) => Entries)
    expect(entries.map(({ MessageBody }) => JSON.parse(MessageBody ?? ''))).toEqual(createPointers(23))
    expect(entries.map(({ MessageGroupId }) => MessageGroupId)).toEqual(
      createPointers(23).map(({ schoolId }) => schoolId),
    )
    expect(
      listBatches().every(({ Entries = [] }) => new Set(Entries.map(({ Id }) => Id)).size === Entries.length),
    ).toBe(true)
  })

  it('makes no call if there is nothing to send', async () => {
    await queue.send([])
    expect(listBatches()).toEqual([])
  })

  it('sends only the IDs of an object, whatever else it holds', async () => {
    sqs.on(SendMessageBatchCommand).resolves({ Successful: [], Failed: [] })
    await queue.send(createPointers(1).map((pointer) => ({ ...pointer, email: 'ana@example.com' })))
    expect(JSON.stringify(listBatches())).not.toContain('ana@example.com')
  })

  it('throws if a pointer was not accepted', async () => {
    sqs
      .on(SendMessageBatchCommand)
      .resolvesOnce({ Successful: [], Failed: [{ Id: '3', Code: 'InternalError', SenderFault: false }] })
      .resolves({ Successful: [], Failed: [] })
    await expect(queue.send(createPointers(12))).rejects.toThrow('1 of 12 pointers were not queued: InternalError')
    expect(listBatches()).toHaveLength(2)
  })

  it("throws the client's error unchanged", async () => {
    sqs.on(SendMessageBatchCommand).rejects(new Error('RequestThrottled'))
    await expect(queue.send(createPointers(1))).rejects.toThrow('RequestThrottled')
  })
})

it('sends a pointer for later with its hops, in the message group of its school, and nothing else', async () => {
  sqs.on(SendMessageCommand).resolves({})
  const pointer = { deliveryId: 'dlv_1', schoolId: 'sch_1', hops: 2, email: 'ana@example.com' }
  await createSqsRetryQueue({ client, queueUrl: 'https://sqs.test/queue' }).sendLater(pointer, 31)
  expect(sqs.commandCalls(SendMessageCommand).map(({ args: [{ input }] }) => input)).toEqual([
    {
      QueueUrl: 'https://sqs.test/queue',
      MessageBody: '{"deliveryId":"dlv_1","schoolId":"sch_1","hops":2}',
      MessageGroupId: 'sch_1',
      DelaySeconds: 31,
    },
  ])
})
