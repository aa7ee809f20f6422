import { createLambdaHandler } from '#shared/platform/aws/create-lambda-handler.ts'
import { createLogOnAws } from '#shared/platform/aws/create-log-on-aws.ts'
import { parseEnvironment } from '#shared/platform/environment.ts'
import { createEngineOnAws } from '#shared/platform/on-aws.ts'
import { systemDependencies } from '#shared/platform/system-dependencies.ts'
import { workers } from '#shared/platform/workers.ts'
import { auditStore } from '#shared/store/access/audit-store.ts'
import { sealEntries } from './seal-entries.ts'

export const handler = createLambdaHandler(async () => {
  const environment = parseEnvironment(workers.seal.environment, process.env)
  const audit = auditStore(createEngineOnAws(environment))
  const deps = { ...systemDependencies, log: createLogOnAws(environment), audit }
  return () => sealEntries(deps)
})
