import { SQSClient } from '@aws-sdk/client-sqs'
import { workers } from '#shared/contract/delivery/workers.ts'
import { sqsDeliveryQueue } from '#shared/outbound/queue.ts'
import { environmentOf, environments } from '#shared/platform/environment.ts'
import { here } from '#shared/platform/here.ts'
import { engineOnAws, lambda, logOnAws, measureOnAws } from '#shared/platform/on-aws.ts'
import { dueStore } from '#shared/store/delivery/due.ts'
import { keepSweeping } from './keep-sweeping.ts'

export const handler = lambda(async () => {
  const environment = environmentOf(environments['worker/sweep'], process.env)
  const needs = {
    ...here,
    log: logOnAws(environment),
    measure: measureOnAws(environment),
    due: dueStore(engineOnAws(environment)),
    deliveryQueue: sqsDeliveryQueue({ client: new SQSClient(), queueUrl: environment.DELIVERY_QUEUE_URL }),
  }
  return () => keepSweeping(workers.sweep.on, needs)
})
