import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch'
import { SQSClient } from '@aws-sdk/client-sqs'
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda'
import { deliveryPointer } from '#shared/outbound/queue.ts'
import { createSqsRetryQueue } from '#shared/outbound/sqs-queue.ts'
import { createPostWebhook } from '#shared/outbound/webhook/create-post-webhook.ts'
import { createLambdaHandler } from '#shared/platform/aws/create-lambda-handler.ts'
import { createLogOnAws } from '#shared/platform/aws/create-log-on-aws.ts'
import { createMailOnAws } from '#shared/platform/aws/create-mail-on-aws.ts'
import { parseEnvironment } from '#shared/platform/environment.ts'
import { parseAttemptTimes } from '#shared/platform/environment-variables.ts'
import { createEngineOnAws, createMeasureOnAws, deriveKeysOnAws } from '#shared/platform/on-aws.ts'
import { systemDependencies } from '#shared/platform/system-dependencies.ts'
import { workers } from '#shared/platform/workers.ts'
import { suppressionStore } from '#shared/store/aftercare/suppressions.ts'
import { composedStore } from '#shared/store/catalog/composed-store.ts'
import { recordStore } from '#shared/store/catalog/record-store.ts'
import { deliveryStore } from '#shared/store/delivery/delivery-store.ts'
import { endpointHealthStore } from '#shared/store/delivery/endpoint-health-store.ts'
import { fileStore } from '#shared/store/delivery/file-store.ts'
import { headerSecretStore } from '#shared/store/delivery/header-secret-store.ts'
import { webhookSecretStore } from '#shared/store/delivery/webhook-secret-store.ts'
import { deliverLead } from './deliver-lead.ts'
import { queueNextAttempt } from './queue-next-attempt.ts'

/** A message is done whatever the school said; only our own faults send it back, and in the end to the dead letters. */
export const handler = createLambdaHandler<SQSEvent, SQSBatchResponse>(async () => {
  const environment = parseEnvironment(workers.deliver.environment, process.env)
  const engine = createEngineOnAws(environment)
  const deps = {
    ...systemDependencies,
    attemptTimes: parseAttemptTimes(environment),
    ...(await deriveKeysOnAws(environment)),
    log: createLogOnAws(environment),
    composed: composedStore(engine),
    webhookSecrets: webhookSecretStore(engine),
    deliveries: deliveryStore(engine),
    files: fileStore(engine),
    headerSecrets: headerSecretStore(engine),
    endpointHealth: endpointHealthStore(engine),
    mail: createMailOnAws(environment, { deadlineMs: parseAttemptTimes(environment).deadlineSeconds * 1000 }),
    measure: createMeasureOnAws(environment),
    postWebhook: createPostWebhook({
      settings: { loopback: 'refused' },
      deadlineMs: parseAttemptTimes(environment).deadlineSeconds * 1000,
    }),
    records: recordStore(engine),
    retryQueue: createSqsRetryQueue({ client: new SQSClient(), queueUrl: environment.DELIVERY_QUEUE_URL }),
    suppressions: suppressionStore(engine),
  }
  const processor = new BatchProcessor(EventType.SQS)
  const handleRecord = async ({ body }: SQSRecord) => {
    const pointer = deliveryPointer.parse(JSON.parse(body))
    await queueNextAttempt(pointer, await deliverLead(pointer, deps), deps)
  }
  return (event, context) =>
    processPartialResponse(event, handleRecord, processor, { context, throwOnFullBatchFailure: false })
})
