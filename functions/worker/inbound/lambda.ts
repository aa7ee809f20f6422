import { createPostWebhook } from '#shared/outbound/webhook/create-post-webhook.ts'
import { createCertificateVendorsOnAws } from '#shared/platform/aws/create-certificate-vendors-on-aws.ts'
import { createLambdaHandler } from '#shared/platform/aws/create-lambda-handler.ts'
import { createLogOnAws } from '#shared/platform/aws/create-log-on-aws.ts'
import { createEarlyQueueOnAws } from '#shared/platform/create-early-queue-on-aws.ts'
import { parseEnvironment } from '#shared/platform/environment.ts'
import { parseAttemptTimes } from '#shared/platform/environment-variables.ts'
import {
  createEngineOnAws,
  createMeasureOnAws,
  createTurnstileOnAws,
  deriveKeysOnAws,
} from '#shared/platform/on-aws.ts'
import { systemDependencies } from '#shared/platform/system-dependencies.ts'
import { workers } from '#shared/platform/workers.ts'
import { suppressionStore } from '#shared/store/aftercare/suppressions.ts'
import { inboundFetchStore } from '#shared/store/capture/inbound-fetch-store.ts'
import { leadStore } from '#shared/store/capture/leads.ts'
import { rejectedInboundStore } from '#shared/store/capture/rejected-inbound-store.ts'
import { recordStore } from '#shared/store/catalog/record-store.ts'
import { routingStore } from '#shared/store/routing/routing-store.ts'
import { fetchLeads } from './fetch-leads.ts'

export const handler = createLambdaHandler(async () => {
  const environment = parseEnvironment(workers.inbound.environment, process.env)
  const engine = createEngineOnAws(environment)
  const attemptTimes = parseAttemptTimes(environment)
  const deps = {
    ...systemDependencies,
    ...(await deriveKeysOnAws(environment)),
    log: createLogOnAws(environment),
    measure: createMeasureOnAws(environment),
    askTurnstile: await createTurnstileOnAws(environment),
    earlyQueue: createEarlyQueueOnAws(environment),
    certificateVendors: await createCertificateVendorsOnAws(environment),
    publicUrl: environment.PUBLIC_URL,
    attemptTimes,
    inboundFetches: inboundFetchStore(engine),
    leads: leadStore(engine),
    records: recordStore(engine),
    rejectedInbound: rejectedInboundStore(engine),
    routing: routingStore(engine),
    suppressions: suppressionStore(engine),
    postWebhook: createPostWebhook({
      settings: { loopback: 'refused' },
      deadlineMs: attemptTimes.deadlineSeconds * 1000,
    }),
  }
  return () => fetchLeads(deps)
})
