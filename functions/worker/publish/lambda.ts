import { createLambdaHandler } from '#shared/platform/aws/create-lambda-handler.ts'
import { createLogOnAws } from '#shared/platform/aws/create-log-on-aws.ts'
import { parseEnvironment } from '#shared/platform/environment.ts'
import { createEngineOnAws } from '#shared/platform/on-aws.ts'
import { systemDependencies } from '#shared/platform/system-dependencies.ts'
import { workers } from '#shared/platform/workers.ts'
import { keyRing } from '#shared/store/access/key-ring.ts'
import { composedStore } from '#shared/store/catalog/composed-store.ts'
import { publishIntentStore } from '#shared/store/catalog/publish-intents.ts'
import { recordStore } from '#shared/store/catalog/record-store.ts'
import { deliveryStore } from '#shared/store/delivery/delivery-store.ts'
import { dueStore } from '#shared/store/delivery/due-store.ts'
import { finishPublishing } from './finish-publishing.ts'

export const handler = createLambdaHandler(async () => {
  const environment = parseEnvironment(workers.publish.environment, process.env)
  const engine = createEngineOnAws(environment)
  const deps = {
    ...systemDependencies,
    log: createLogOnAws(environment),
    records: recordStore(engine),
    composed: composedStore(engine),
    publishIntents: publishIntentStore(engine),
    keyRing: keyRing(engine),
    due: dueStore(engine),
    deliveries: deliveryStore(engine),
  }
  return () => finishPublishing(deps)
})
