import { createLambdaHandler } from '#shared/platform/aws/create-lambda-handler.ts'
import { createLogOnAws } from '#shared/platform/aws/create-log-on-aws.ts'
import { parseEnvironment } from '#shared/platform/environment.ts'
import { createEngineOnAws, deriveKeysOnAws } from '#shared/platform/on-aws.ts'
import { systemDependencies } from '#shared/platform/system-dependencies.ts'
import { workers } from '#shared/platform/workers.ts'
import { suppressionStore } from '#shared/store/aftercare/suppressions.ts'
import { certificateStore } from '#shared/store/capture/certificates.ts'
import { leadStore } from '#shared/store/capture/leads.ts'
import { recordStore } from '#shared/store/catalog/record-store.ts'
import { deliveryStore } from '#shared/store/delivery/delivery-store.ts'
import { dueStore } from '#shared/store/delivery/due-store.ts'
import { routingStore } from '#shared/store/routing/routing-store.ts'
import { offerDue } from './offer-due.ts'

export const handler = createLambdaHandler(async () => {
  const environment = parseEnvironment(workers.offer.environment, process.env)
  const engine = createEngineOnAws(environment)
  const deps = {
    ...systemDependencies,
    ...(await deriveKeysOnAws(environment)),
    log: createLogOnAws(environment),
    certificates: certificateStore(engine),
    deliveries: deliveryStore(engine),
    due: dueStore(engine),
    leads: leadStore(engine),
    records: recordStore(engine),
    routing: routingStore(engine),
    suppressions: suppressionStore(engine),
  }
  return () => offerDue(deps)
})
