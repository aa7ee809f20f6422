import { createAddressLimit } from '#shared/http/limits.ts'
import { findUrlFault } from '#shared/outbound/webhook/ssrf-guard.ts'
import { createLambdaHandler } from '#shared/platform/aws/create-lambda-handler.ts'
import { createLogOnAws } from '#shared/platform/aws/create-log-on-aws.ts'
import { createMailOnAws } from '#shared/platform/aws/create-mail-on-aws.ts'
import { createEarlyQueueOnAws } from '#shared/platform/create-early-queue-on-aws.ts'
import { apiEnvironments, parseEnvironment } from '#shared/platform/environment.ts'
import {
  createEdgeSecretsOnAws,
  createEngineOnAws,
  createMeasureOnAws,
  createOidcClientOnAws,
  deriveKeysOnAws,
} from '#shared/platform/on-aws.ts'
import { systemDependencies } from '#shared/platform/system-dependencies.ts'
import { openStores } from '#shared/store/open-stores.ts'
import { operatorApi } from './operator-api.ts'

export const handler = createLambdaHandler(async () => {
  const environment = parseEnvironment(apiEnvironments.operator, process.env)
  const keys = await deriveKeysOnAws(environment)
  return operatorApi({
    ...systemDependencies,
    ...openStores(createEngineOnAws(environment)),
    ...keys,
    log: createLogOnAws(environment),
    isReadOnly: () => environment.MAINTENANCE === 'on',
    measure: createMeasureOnAws(environment),
    mail: createMailOnAws(environment, { deadlineMs: mailDeadlineMs }),
    publicUrl: environment.PUBLIC_URL,
    oidc: createOidcClientOnAws(environment),
    secondFactorPolicy: environment.SECOND_FACTOR,
    edgeSecrets: createEdgeSecretsOnAws(environment),
    earlyQueue: createEarlyQueueOnAws(environment),
    findUrlProblem: (url) => findUrlFault(url, { loopback: 'refused' }),
    rateLimits: {
      key: Number(environment.KEY_LIMIT_PER_MINUTE),
      address: createAddressLimit(Number(environment.ADDRESS_LIMIT_PER_MINUTE), keys.digests),
    },
  })
})

/** Below the timeout of the function. */
const mailDeadlineMs = 10_000
