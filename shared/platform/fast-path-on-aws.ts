import { SQSClient } from '@aws-sdk/client-sqs'
import { type DeliveryQueue, noFastPath, sqsDeliveryQueue } from '../outbound/queue.ts'

type Told = { FAST_PATH: 'on' | 'off'; DELIVERY_QUEUE_URL: string }

/** The way to the deliverer that does without the sweeper, where it is switched on. */
export function fastPathOnAws({ FAST_PATH, DELIVERY_QUEUE_URL: queueUrl }: Told): Pick<DeliveryQueue, 'send'> {
  return FAST_PATH === 'on' ? sqsDeliveryQueue({ client: new SQSClient(), queueUrl }) : noFastPath
}
