import { createLambdaHandler } from '#shared/platform/aws/create-lambda-handler.ts'
import { createLogOnAws } from '#shared/platform/aws/create-log-on-aws.ts'
import { parseEnvironment } from '#shared/platform/environment.ts'
import { createEngineOnAws } from '#shared/platform/on-aws.ts'
import { systemDependencies } from '#shared/platform/system-dependencies.ts'
import { workers } from '#shared/platform/workers.ts'
import { recordStore } from '#shared/store/catalog/record-store.ts'
import { deliveryStore } from '#shared/store/delivery/delivery-store.ts'
import { replayJobStore } from '#shared/store/delivery/replay-job-store.ts'
import { continueReplays } from './continue-replays.ts'

export const handler = createLambdaHandler(async () => {
  const environment = parseEnvironment(workers.replay.environment, process.env)
  const engine = createEngineOnAws(environment)
  const deps = {
    ...systemDependencies,
    log: createLogOnAws(environment),
    records: recordStore(engine),
    deliveries: deliveryStore(engine),
    replayJobs: replayJobStore(engine),
  }
  return () => continueReplays(deps)
})
