import { createAddressLimit } from '#shared/http/limits.ts'
import { createCertificateVendorsOnAws } from '#shared/platform/aws/create-certificate-vendors-on-aws.ts'
import { createLambdaHandler } from '#shared/platform/aws/create-lambda-handler.ts'
import { createLogOnAws } from '#shared/platform/aws/create-log-on-aws.ts'
import { createEarlyQueueOnAws } from '#shared/platform/create-early-queue-on-aws.ts'
import { apiEnvironments, parseEnvironment } from '#shared/platform/environment.ts'
import {
  createEdgeSecretsOnAws,
  createEngineOnAws,
  createMeasureOnAws,
  createTurnstileOnAws,
  deriveKeysOnAws,
} from '#shared/platform/on-aws.ts'
import { systemDependencies } from '#shared/platform/system-dependencies.ts'
import { accessKeyStore } from '#shared/store/access/access-key-store.ts'
import { suppressionStore } from '#shared/store/aftercare/suppressions.ts'
import { bucketStore } from '#shared/store/capture/buckets.ts'
import { inboundFetchStore } from '#shared/store/capture/inbound-fetch-store.ts'
import { leadStore } from '#shared/store/capture/leads.ts'
import { rejectedInboundStore } from '#shared/store/capture/rejected-inbound-store.ts'
import { catalogPages } from '#shared/store/catalog/catalog-pages.ts'
import { recordStore } from '#shared/store/catalog/record-store.ts'
import { readinessStore } from '#shared/store/readiness-store.ts'
import { routingStore } from '#shared/store/routing/routing-store.ts'
import { capture } from './capture.ts'

export const handler = createLambdaHandler(async () => {
  const environment = parseEnvironment(apiEnvironments.capture, process.env)
  const engine = createEngineOnAws(environment)
  const keys = await deriveKeysOnAws(environment)
  return capture({
    ...systemDependencies,
    ...keys,
    log: createLogOnAws(environment),
    isReadOnly: () => environment.MAINTENANCE === 'on',
    edgeSecrets: createEdgeSecretsOnAws(environment),
    accessKeys: accessKeyStore(engine),
    buckets: bucketStore(engine),
    catalog: catalogPages(engine),
    askTurnstile: await createTurnstileOnAws(environment),
    certificateVendors: await createCertificateVendorsOnAws(environment),
    earlyQueue: createEarlyQueueOnAws(environment),
    inboundFetches: inboundFetchStore(engine),
    leads: leadStore(engine),
    rateLimits: {
      key: Number(environment.KEY_LIMIT_PER_MINUTE),
      address: createAddressLimit(Number(environment.ADDRESS_LIMIT_PER_MINUTE), keys.digests),
    },
    measure: createMeasureOnAws(environment),
    publicUrl: environment.PUBLIC_URL,
    records: recordStore(engine),
    rejectedInbound: rejectedInboundStore(engine),
    // No disk can be full here, and each kilobyte costs a write unit.
    readiness: readinessStore(engine, { probeBytes: 0 }),
    routing: routingStore(engine),
    suppressions: suppressionStore(engine),
  })
})
