import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch'
import { SESv2Client } from '@aws-sdk/client-sesv2'
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda'
import { sesMail } from '#shared/outbound/email/mail.ts'
import { deliveryPointer } from '#shared/outbound/queue.ts'
import { webhook } from '#shared/outbound/webhook/webhook.ts'
import { environmentOf, environments, timesOf } from '#shared/platform/environment.ts'
import { here } from '#shared/platform/here.ts'
import { engineOnAws, houseKeysOnAws, lambda, logOnAws, measureOnAws } from '#shared/platform/on-aws.ts'
import { suppressions } from '#shared/store/aftercare/suppressions.ts'
import { recordStore } from '#shared/store/catalog/records.ts'
import { deliveryStore } from '#shared/store/delivery/deliveries.ts'
import { headerSecrets } from '#shared/store/delivery/header-secrets.ts'
import { lineStore } from '#shared/store/delivery/lines.ts'
import { webhookSecrets } from '#shared/store/delivery/webhook-secrets.ts'
import { deliverLead } from './deliver-lead.ts'

/** A message is done whatever the school said; only our own faults send it back, and in the end to the dead letters. */
export const handler = lambda<SQSEvent, SQSBatchResponse>(async () => {
  const environment = environmentOf(environments['worker/deliver'], process.env)
  const engine = engineOnAws(environment)
  const needs = {
    ...here,
    attemptTimes: timesOf(environment),
    ...(await houseKeysOnAws(environment)),
    log: logOnAws(environment),
    webhookSecrets: webhookSecrets(engine),
    deliveries: deliveryStore(engine),
    headerSecrets: headerSecrets(engine),
    lines: lineStore(engine),
    mail: sesMail({ client: new SESv2Client(), from: environment.MAIL_FROM, configurationSet: environment.MAIL_SET }),
    measure: measureOnAws(environment),
    post: webhook({ settings: { loopback: 'refused' }, deadlineMs: timesOf(environment).deadlineSeconds * 1000 }),
    records: recordStore(engine),
    suppressions: suppressions(engine),
  }
  const processor = new BatchProcessor(EventType.SQS)
  const deliver = ({ body }: SQSRecord) => deliverLead(deliveryPointer.parse(JSON.parse(body)), needs)
  return (event, context) =>
    processPartialResponse(event, deliver, processor, { context, throwOnFullBatchFailure: false })
})
