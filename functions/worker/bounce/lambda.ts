import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch'
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda'
import { parseSesEvent } from '#shared/outbound/email/parse-ses-event.ts'
import { createLambdaHandler } from '#shared/platform/aws/create-lambda-handler.ts'
import { createLogOnAws } from '#shared/platform/aws/create-log-on-aws.ts'
import { parseEnvironment } from '#shared/platform/environment.ts'
import { createEngineOnAws, createMeasureOnAws } from '#shared/platform/on-aws.ts'
import { systemDependencies } from '#shared/platform/system-dependencies.ts'
import { workers } from '#shared/platform/workers.ts'
import { deliveryStore } from '#shared/store/delivery/delivery-store.ts'
import { endpointHealthStore } from '#shared/store/delivery/endpoint-health-store.ts'
import { fileStore } from '#shared/store/delivery/file-store.ts'
import { handleBounce } from './handle-bounce.ts'

export const handler = createLambdaHandler<SQSEvent, SQSBatchResponse>(async () => {
  const environment = parseEnvironment(workers.bounce.environment, process.env)
  const engine = createEngineOnAws(environment)
  const deps = {
    ...systemDependencies,
    deliveries: deliveryStore(engine),
    endpointHealth: endpointHealthStore(engine),
    files: fileStore(engine),
    log: createLogOnAws(environment),
    measure: createMeasureOnAws(environment),
  }
  const processor = new BatchProcessor(EventType.SQS)
  const handleRecord = ({ body }: SQSRecord) => handleBounce(parseSesEvent(body), deps)
  return (event, context) =>
    processPartialResponse(event, handleRecord, processor, { context, throwOnFullBatchFailure: false })
})
