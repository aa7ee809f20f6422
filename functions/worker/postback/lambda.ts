import { createPostWebhook } from '#shared/outbound/webhook/create-post-webhook.ts'
import { createLambdaHandler } from '#shared/platform/aws/create-lambda-handler.ts'
import { createLogOnAws } from '#shared/platform/aws/create-log-on-aws.ts'
import { parseEnvironment } from '#shared/platform/environment.ts'
import { parseAttemptTimes } from '#shared/platform/environment-variables.ts'
import { createEngineOnAws, deriveKeysOnAws } from '#shared/platform/on-aws.ts'
import { systemDependencies } from '#shared/platform/system-dependencies.ts'
import { workers } from '#shared/platform/workers.ts'
import { postbackStore } from '#shared/store/aftercare/postbacks.ts'
import { publisherLeadStore } from '#shared/store/capture/publisher-lead-store.ts'
import { recordStore } from '#shared/store/catalog/record-store.ts'
import { deliveryStore } from '#shared/store/delivery/delivery-store.ts'
import { sendPostbacks } from './send-postbacks.ts'

export const handler = createLambdaHandler(async () => {
  const environment = parseEnvironment(workers.postback.environment, process.env)
  const engine = createEngineOnAws(environment)
  const attemptTimes = parseAttemptTimes(environment)
  const deps = {
    ...systemDependencies,
    ...(await deriveKeysOnAws(environment)),
    log: createLogOnAws(environment),
    attemptTimes,
    postbacks: postbackStore(engine),
    records: recordStore(engine),
    publisherLeads: publisherLeadStore(engine),
    deliveries: deliveryStore(engine),
    postWebhook: createPostWebhook({
      settings: { loopback: 'refused' },
      deadlineMs: attemptTimes.deadlineSeconds * 1000,
    }),
  }
  return () => sendPostbacks(deps)
})
