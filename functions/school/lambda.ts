import { createEarlyQueueOnAws } from '#shared/platform/create-early-queue-on-aws.ts'
import { apiEnvironments, parseEnvironment } from '#shared/platform/environment.ts'
import {
  createEdgeSecretsOnAws,
  createEngineOnAws,
  createLambdaHandler,
  createLogOnAws,
  deriveKeysOnAws,
} from '#shared/platform/on-aws.ts'
import { systemDependencies } from '#shared/platform/system-dependencies.ts'
import { accessKeyStore } from '#shared/store/access/access-key-store.ts'
import { dispositionStore } from '#shared/store/aftercare/dispositions.ts'
import { returnStore } from '#shared/store/aftercare/returns.ts'
import { bucketStore } from '#shared/store/capture/buckets.ts'
import { leadStore } from '#shared/store/capture/leads.ts'
import { composedStore } from '#shared/store/catalog/composed-store.ts'
import { recordStore } from '#shared/store/catalog/record-store.ts'
import { deliveryStore } from '#shared/store/delivery/deliveries.ts'
import { replayStore } from '#shared/store/delivery/replays.ts'
import { webhookSecretStore } from '#shared/store/delivery/webhook-secrets.ts'
import { routingStore } from '#shared/store/routing/routing-store.ts'
import { schoolApi } from './school-api.ts'

export const handler = createLambdaHandler(async () => {
  const environment = parseEnvironment(apiEnvironments.school, process.env)
  const engine = createEngineOnAws(environment)
  return schoolApi({
    ...systemDependencies,
    ...(await deriveKeysOnAws(environment)),
    log: createLogOnAws(environment),
    edgeSecrets: createEdgeSecretsOnAws(environment),
    earlyQueue: createEarlyQueueOnAws(environment),
    accessKeys: accessKeyStore(engine),
    buckets: bucketStore(engine),
    rateLimits: { key: Number(environment.KEY_LIMIT_PER_MINUTE) },
    composed: composedStore(engine),
    deliveries: deliveryStore(engine),
    dispositions: dispositionStore(engine),
    leads: leadStore(engine),
    records: recordStore(engine),
    webhookSecrets: webhookSecretStore(engine),
    replays: replayStore(engine),
    returns: returnStore(engine),
    routing: routingStore(engine),
  })
})
