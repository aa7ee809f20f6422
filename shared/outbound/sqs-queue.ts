import {
  GetQueueAttributesCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs'
import type { DeliveryPointer, DeliveryQueue, RetryQueue } from './queue.ts'

const maxBatchSize = 10

/**
 * A standard SQS queue. The message group makes it a fair queue: one slow school's backlog does not delay the others.
 * `send` throws if a pointer was not accepted; the sweeper finds that delivery again.
 */
export function createSqsDeliveryQueue({ client, queueUrl }: { client: SQSClient; queueUrl: string }): DeliveryQueue {
  const sendBatch = async (pointers: readonly DeliveryPointer[]) => {
    const Entries = pointers.map((pointer, index) => ({
      Id: String(index),
      MessageBody: toMessageBody(pointer),
      MessageGroupId: pointer.schoolId,
    }))
    const { Failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }))
    return Failed.map(({ Code }) => Code ?? 'Unknown')
  }
  return {
    depth: async () => {
      const AttributeNames = ['ApproximateNumberOfMessages' as const]
      const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames }))
      return Number(Attributes?.ApproximateNumberOfMessages ?? 0)
    },

    send: async (pointers) => {
      const codes = (await Promise.all(splitIntoBatches(pointers).map(sendBatch))).flat()
      if (codes.length === 0) return
      throw new Error(
        `${codes.length} of ${pointers.length} pointers were not queued: ${[...new Set(codes)].join(', ')}`,
      )
    },
  }
}

export function createSqsRetryQueue({ client, queueUrl }: { client: SQSClient; queueUrl: string }): RetryQueue {
  return {
    sendLater: async ({ deliveryId, schoolId, hops = 0 }, delaySeconds) => {
      await client.send(
        new SendMessageCommand({
          QueueUrl: queueUrl,
          MessageBody: JSON.stringify({ deliveryId, schoolId, hops }),
          MessageGroupId: schoolId,
          DelaySeconds: delaySeconds,
        }),
      )
    },
  }
}

/** Copies field by field, so that no other field of an object gets into the queue. */
function toMessageBody({ deliveryId, schoolId }: DeliveryPointer): string {
  return JSON.stringify({ deliveryId, schoolId })
}

function splitIntoBatches(pointers: readonly DeliveryPointer[]): DeliveryPointer[][] {
  const batches = Math.ceil(pointers.length / maxBatchSize)
  return Array.from({ length: batches }, (_, index) => pointers.slice(index * maxBatchSize, (index + 1) * maxBatchSize))
}
