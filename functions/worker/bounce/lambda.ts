import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch'
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda'
import { readSesEvent } from '#shared/outbound/email/ses-event.ts'
import { environmentOf, environments } from '#shared/platform/environment.ts'
import { here } from '#shared/platform/here.ts'
import { engineOnAws, lambda, logOnAws, measureOnAws } from '#shared/platform/on-aws.ts'
import { deliveryStore } from '#shared/store/delivery/deliveries.ts'
import { lineStore } from '#shared/store/delivery/lines.ts'
import { noteBounce } from './note-bounce.ts'

export const handler = lambda<SQSEvent, SQSBatchResponse>(async () => {
  const environment = environmentOf(environments['worker/bounce'], process.env)
  const engine = engineOnAws(environment)
  const needs = {
    ...here,
    deliveries: deliveryStore(engine),
    lines: lineStore(engine),
    log: logOnAws(environment),
    measure: measureOnAws(environment),
  }
  const processor = new BatchProcessor(EventType.SQS)
  const note = ({ body }: SQSRecord) => noteBounce(readSesEvent(body), needs)
  return (event, context) => processPartialResponse(event, note, processor, { context, throwOnFullBatchFailure: false })
})
