import { GetQueueAttributesCommand, SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs'
import * as z from 'zod'

/** Where a delivery is found, and whose it is. No personal data: a queue may be read, logged or purged. */
export const deliveryPointer = z.object({ deliveryId: z.string(), schoolId: z.string() })
export type DeliveryPointer = z.output<typeof deliveryPointer>

export type DeliveryQueue = {
  send: (pointers: readonly DeliveryPointer[]) => Promise<void>
  /** How many pointers wait there, more or less. */
  depth: () => Promise<number>
}

/** For whoever does without the fast path: the sweeper finds every delivery anyway. */
export const noEarlyQueue: Pick<DeliveryQueue, 'send'> = { send: async () => {} }

const maxInABatch = 10

/**
 * Pointers on a standard SQS queue. The group makes it a fair queue: one slow school's backlog does not hold back the
 * others. `send` throws where any pointer was not taken; the sweeper finds those again.
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

/** Field by field: whatever else an object carries stays out of the queue. */
function toMessageBody({ deliveryId, schoolId }: DeliveryPointer): string {
  return JSON.stringify({ deliveryId, schoolId })
}

function splitIntoBatches(pointers: readonly DeliveryPointer[]): DeliveryPointer[][] {
  const batches = Math.ceil(pointers.length / maxInABatch)
  return Array.from({ length: batches }, (_, index) => pointers.slice(index * maxInABatch, (index + 1) * maxInABatch))
}
