import { SQSClient } from '@aws-sdk/client-sqs'
import { type DeliveryQueue, noEarlyQueue } from '../outbound/queue.ts'
import { createSqsDeliveryQueue } from '../outbound/sqs-queue.ts'

type EarlyQueueEnvironment = { EARLY_QUEUE: 'on' | 'off'; DELIVERY_QUEUE_URL: string }

/** Sends new deliveries to the queue at once if EARLY_QUEUE is on; otherwise they wait for the sweeper. */
export function createEarlyQueueOnAws({
  EARLY_QUEUE,
  DELIVERY_QUEUE_URL: queueUrl,
}: EarlyQueueEnvironment): Pick<DeliveryQueue, 'send'> {
  return EARLY_QUEUE === 'on' ? createSqsDeliveryQueue({ client: new SQSClient(), queueUrl }) : noEarlyQueue
}
