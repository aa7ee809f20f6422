import { createLambdaHandler } from '#shared/platform/aws/create-lambda-handler.ts'
import { createLogOnAws } from '#shared/platform/aws/create-log-on-aws.ts'
import { parseEnvironment } from '#shared/platform/environment.ts'
import { parseRetentionDays } from '#shared/platform/environment-variables.ts'
import { createEngineOnAws, deriveKeysOnAws } from '#shared/platform/on-aws.ts'
import { systemDependencies } from '#shared/platform/system-dependencies.ts'
import { workers } from '#shared/platform/workers.ts'
import { erasureStore } from '#shared/store/aftercare/erasures.ts'
import { personErasureStore } from '#shared/store/aftercare/person-erasure-store.ts'
import { retentionStore } from '#shared/store/aftercare/retention.ts'
import { leadStore } from '#shared/store/capture/leads.ts'
import { deliveryStore } from '#shared/store/delivery/delivery-store.ts'
import { eraseExpiredLeads } from './erase-expired-leads.ts'

export const handler = createLambdaHandler(async () => {
  const environment = parseEnvironment(workers.retain.environment, process.env)
  const engine = createEngineOnAws(environment)
  const deps = {
    ...systemDependencies,
    ...(await deriveKeysOnAws(environment)),
    log: createLogOnAws(environment),
    retentionDays: parseRetentionDays(environment),
    deliveries: deliveryStore(engine),
    erasures: erasureStore(engine),
    personErasure: personErasureStore(engine),
    leads: leadStore(engine),
    retention: retentionStore(engine),
  }
  return () => eraseExpiredLeads(deps)
})
