import { SQSClient } from '@aws-sdk/client-sqs'
import { workers } from '#shared/contract/workers.ts'
import { sqsDeliveryQueue } from '#shared/outbound/queue.ts'
import { environmentOf, environments } from '#shared/runtime/environment.ts'
import { here } from '#shared/runtime/here.ts'
import { engineOnAws, lambda, logOnAws, measureOnAws } from '#shared/runtime/on-aws.ts'
import { dueStore } from '#shared/store/due.ts'
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
