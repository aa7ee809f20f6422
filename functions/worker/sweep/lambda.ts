import { SQSClient } from '@aws-sdk/client-sqs'
import { sqsDeliveryQueue } from '#shared/outbound/queue.ts'
import { environmentOf, environments } from '#shared/runtime/environment.ts'
import { engineOnAws, here, lambda, logOnAws } from '#shared/runtime/on-aws.ts'
import { deliveryStore } from '#shared/store/deliveries.ts'
import { sweepDue } from './sweep-due.ts'

export const handler = lambda(async () => {
  const environment = environmentOf(environments['worker/sweep'], process.env)
  const needs = {
    ...here,
    log: logOnAws(environment),
    deliveries: deliveryStore(engineOnAws(environment)),
    deliveryQueue: sqsDeliveryQueue({ client: new SQSClient(), queueUrl: environment.DELIVERY_QUEUE_URL }),
  }
  return () => sweepDue(needs)
})
