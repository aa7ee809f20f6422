import { createLambdaHandler } from '#shared/platform/aws/create-lambda-handler.ts'
import { createLogOnAws } from '#shared/platform/aws/create-log-on-aws.ts'
import { parseEnvironment } from '#shared/platform/environment.ts'
import { createEngineOnAws, createMeasureOnAws } from '#shared/platform/on-aws.ts'
import { systemDependencies } from '#shared/platform/system-dependencies.ts'
import { workers } from '#shared/platform/workers.ts'
import { auditStore } from '#shared/store/access/audit-store.ts'
import { consentListStore } from '#shared/store/aftercare/consent-list-store.ts'
import { verifyRecentDays } from './verify-recent-days.ts'

export const handler = createLambdaHandler(async () => {
  const environment = parseEnvironment(workers['verify-audit'].environment, process.env)
  const engine = createEngineOnAws(environment)
  const deps = {
    ...systemDependencies,
    log: createLogOnAws(environment),
    measure: createMeasureOnAws(environment),
    audit: auditStore(engine),
    consentLists: consentListStore(engine),
  }
  return () => verifyRecentDays(deps)
})
