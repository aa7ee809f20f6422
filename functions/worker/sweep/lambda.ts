import { SQSClient } from '@aws-sdk/client-sqs'
import { createSqsDeliveryQueue } from '#shared/outbound/sqs-queue.ts'
import { createLambdaHandler } from '#shared/platform/aws/create-lambda-handler.ts'
import { createLogOnAws } from '#shared/platform/aws/create-log-on-aws.ts'
import { parseEnvironment } from '#shared/platform/environment.ts'
import { createEngineOnAws, createMeasureOnAws } from '#shared/platform/on-aws.ts'
import { systemDependencies } from '#shared/platform/system-dependencies.ts'
import { workers } from '#shared/platform/workers.ts'
import { dueStore } from '#shared/store/delivery/due-store.ts'
import { sweepDue } from './sweep-due.ts'

export const handler = createLambdaHandler(async () => {
  const environment = parseEnvironment(workers.sweep.environment, process.env)
  const deps = {
    ...systemDependencies,
    log: createLogOnAws(environment),
    measure: createMeasureOnAws(environment),
    due: dueStore(createEngineOnAws(environment)),
    deliveryQueue: createSqsDeliveryQueue({ client: new SQSClient(), queueUrl: environment.DELIVERY_QUEUE_URL }),
  }
  return () => sweepDue(deps)
})
