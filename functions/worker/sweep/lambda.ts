import { SQSClient } from '@aws-sdk/client-sqs'
import { sqsDeliveryQueue } from '#shared/outbound/queue.ts'
import { environmentOf, environments } from '#shared/runtime/environment.ts'
import { here } from '#shared/runtime/here.ts'
import { engineOnAws, lambda, logOnAws } from '#shared/runtime/on-aws.ts'
import { dueStore } from '#shared/store/due.ts'
import { sweepDue } from './sweep-due.ts'

export const handler = lambda(async () => {
  const environment = environmentOf(environments['worker/sweep'], process.env)
  const needs = {
    ...here,
    log: logOnAws(environment),
    due: dueStore(engineOnAws(environment)),
    deliveryQueue: sqsDeliveryQueue({ client: new SQSClient(), queueUrl: environment.DELIVERY_QUEUE_URL }),
  }
  return () => sweepDue(needs)
})
