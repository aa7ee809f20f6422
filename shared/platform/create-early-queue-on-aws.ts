import { SQSClient } from '@aws-sdk/client-sqs'
import { createSqsDeliveryQueue, type DeliveryQueue, noEarlyQueue } from '../outbound/queue.ts'

type EarlyQueueEnvironment = { FAST_PATH: 'on' | 'off'; DELIVERY_QUEUE_URL: string }

/** Sends new deliveries to the queue at once if FAST_PATH is on; otherwise they wait for the sweeper. */
export function createEarlyQueueOnAws({
  FAST_PATH,
  DELIVERY_QUEUE_URL: queueUrl,
}: EarlyQueueEnvironment): Pick<DeliveryQueue, 'send'> {
  return FAST_PATH === 'on' ? createSqsDeliveryQueue({ client: new SQSClient(), queueUrl }) : noEarlyQueue
}
