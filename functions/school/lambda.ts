import { createLambdaHandler } from '#shared/platform/aws/create-lambda-handler.ts'
import { createLogOnAws } from '#shared/platform/aws/create-log-on-aws.ts'
import { createEarlyQueueOnAws } from '#shared/platform/create-early-queue-on-aws.ts'
import { apiEnvironments, parseEnvironment } from '#shared/platform/environment.ts'
import {
  createEdgeSecretsOnAws,
  createEngineOnAws,
  createMeasureOnAws,
  deriveKeysOnAws,
} from '#shared/platform/on-aws.ts'
import { systemDependencies } from '#shared/platform/system-dependencies.ts'
import { openStores } from '#shared/store/open-stores.ts'
import { schoolApi } from './school-api.ts'

export const handler = createLambdaHandler(async () => {
  const environment = parseEnvironment(apiEnvironments.school, process.env)
  return schoolApi({
    ...systemDependencies,
    ...openStores(createEngineOnAws(environment)),
    ...(await deriveKeysOnAws(environment)),
    log: createLogOnAws(environment),
    isReadOnly: () => environment.MAINTENANCE === 'on',
    measure: createMeasureOnAws(environment),
    edgeSecrets: createEdgeSecretsOnAws(environment),
    earlyQueue: createEarlyQueueOnAws(environment),
    rateLimits: { key: Number(environment.KEY_LIMIT_PER_MINUTE) },
  })
})
