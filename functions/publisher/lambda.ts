import { createLambdaHandler } from '#shared/platform/aws/create-lambda-handler.ts'
import { createLogOnAws } from '#shared/platform/aws/create-log-on-aws.ts'
import { apiEnvironments, parseEnvironment } from '#shared/platform/environment.ts'
import { createEdgeSecretsOnAws, createEngineOnAws, deriveKeysOnAws } from '#shared/platform/on-aws.ts'
import { systemDependencies } from '#shared/platform/system-dependencies.ts'
import { openStores } from '#shared/store/open-stores.ts'
import { publisherApi } from './publisher-api.ts'

export const handler = createLambdaHandler(async () => {
  const environment = parseEnvironment(apiEnvironments.publisher, process.env)
  return publisherApi({
    ...systemDependencies,
    ...openStores(createEngineOnAws(environment)),
    ...(await deriveKeysOnAws(environment)),
    log: createLogOnAws(environment),
    isReadOnly: () => environment.MAINTENANCE === 'on',
    edgeSecrets: createEdgeSecretsOnAws(environment),
    rateLimits: { key: Number(environment.KEY_LIMIT_PER_MINUTE) },
  })
})
