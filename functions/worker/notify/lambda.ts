import { createPostWebhook } from '#shared/outbound/webhook/create-post-webhook.ts'
import { createLambdaHandler } from '#shared/platform/aws/create-lambda-handler.ts'
import { createLogOnAws } from '#shared/platform/aws/create-log-on-aws.ts'
import { createMailOnAws } from '#shared/platform/aws/create-mail-on-aws.ts'
import { parseEnvironment } from '#shared/platform/environment.ts'
import { parseAttemptTimes } from '#shared/platform/environment-variables.ts'
import { createEngineOnAws, deriveKeysOnAws } from '#shared/platform/on-aws.ts'
import { systemDependencies } from '#shared/platform/system-dependencies.ts'
import { workers } from '#shared/platform/workers.ts'
import { peopleStore } from '#shared/store/access/people-store.ts'
import { recordStore } from '#shared/store/catalog/record-store.ts'
import { deliveryStore } from '#shared/store/delivery/delivery-store.ts'
import { endpointHealthStore } from '#shared/store/delivery/endpoint-health-store.ts'
import { notificationStore } from '#shared/store/reporting/notifications.ts'
import { routingStore } from '#shared/store/routing/routing-store.ts'
import { sendNotifications } from './send-notifications.ts'
import { watchConditions } from './watch-conditions.ts'

export const handler = createLambdaHandler(async () => {
  const environment = parseEnvironment(workers.notify.environment, process.env)
  const engine = createEngineOnAws(environment)
  const attemptTimes = parseAttemptTimes(environment)
  const deps = {
    ...systemDependencies,
    ...(await deriveKeysOnAws(environment)),
    log: createLogOnAws(environment),
    attemptTimes,
    publicUrl: environment.PUBLIC_URL,
    records: recordStore(engine),
    endpointHealth: endpointHealthStore(engine),
    routing: routingStore(engine),
    deliveries: deliveryStore(engine),
    notifications: notificationStore(engine),
    people: peopleStore(engine),
    postWebhook: createPostWebhook({
      settings: { loopback: 'refused' },
      deadlineMs: attemptTimes.deadlineSeconds * 1000,
    }),
    mail: createMailOnAws(environment, { deadlineMs: attemptTimes.deadlineSeconds * 1000 }),
  }
  return async () => {
    await watchConditions(deps)
    await sendNotifications(deps)
  }
})
