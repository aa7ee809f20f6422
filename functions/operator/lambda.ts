import { createAddressLimit } from '#shared/http/limits.ts'
import { findUrlFault } from '#shared/outbound/webhook/ssrf-guard.ts'
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
import { keyRing } from '#shared/store/access/key-ring.ts'
import { erasureStore } from '#shared/store/aftercare/erasures.ts'
import { personErasureStore } from '#shared/store/aftercare/person-erasure-store.ts'
import { returnStore } from '#shared/store/aftercare/returns.ts'
import { revealStore } from '#shared/store/aftercare/reveals.ts'
import { suppressionStore } from '#shared/store/aftercare/suppressions.ts'
import { bucketStore } from '#shared/store/capture/buckets.ts'
import { leadStore } from '#shared/store/capture/leads.ts'
import { quarantineStore } from '#shared/store/capture/quarantine.ts'
import { composedStore } from '#shared/store/catalog/composed-store.ts'
import { recordStore } from '#shared/store/catalog/record-store.ts'
import { deliveryStore } from '#shared/store/delivery/deliveries.ts'
import { headerSecretStore } from '#shared/store/delivery/header-secrets.ts'
import { replayStore } from '#shared/store/delivery/replays.ts'
import { webhookSecretStore } from '#shared/store/delivery/webhook-secrets.ts'
import { reconciliationStore } from '#shared/store/reporting/reconciliation-store.ts'
import { rollUpStore } from '#shared/store/reporting/roll-ups.ts'
import { pastLeads } from '#shared/store/routing/past-leads.ts'
import { routingStore } from '#shared/store/routing/routing-store.ts'
import { operatorApi } from './operator-api.ts'

export const handler = createLambdaHandler(async () => {
  const environment = parseEnvironment(apiEnvironments.operator, process.env)
  const engine = createEngineOnAws(environment)
  const keys = await deriveKeysOnAws(environment)
  return operatorApi({
    ...systemDependencies,
    ...keys,
    log: createLogOnAws(environment),
    edgeSecrets: createEdgeSecretsOnAws(environment),
    earlyQueue: createEarlyQueueOnAws(environment),
    accessKeys: accessKeyStore(engine),
    buckets: bucketStore(engine),
    reconciliation: reconciliationStore(engine),
    composed: composedStore(engine),
    deliveries: deliveryStore(engine),
    erasures: erasureStore(engine),
    personErasure: personErasureStore(engine),
    findUrlProblem: (url) => findUrlFault(url, { loopback: 'refused' }),
    headerSecrets: headerSecretStore(engine),
    keyRing: keyRing(engine),
    leads: leadStore(engine),
    pastLeads: pastLeads(engine),
    quarantine: quarantineStore(engine),
    rateLimits: {
      key: Number(environment.KEY_LIMIT_PER_MINUTE),
      address: createAddressLimit(Number(environment.ADDRESS_LIMIT_PER_MINUTE), keys.digests),
    },
    records: recordStore(engine),
    replays: replayStore(engine),
    returns: returnStore(engine),
    reveals: revealStore(engine),
    rollUps: rollUpStore(engine),
    routing: routingStore(engine),
    suppressions: suppressionStore(engine),
    webhookSecrets: webhookSecretStore(engine),
  })
})
