import { createLambdaHandler } from '#shared/platform/aws/create-lambda-handler.ts'
import { createLogOnAws } from '#shared/platform/aws/create-log-on-aws.ts'
import { parseEnvironment } from '#shared/platform/environment.ts'
import { createEngineOnAws, createMeasureOnAws } from '#shared/platform/on-aws.ts'
import { systemDependencies } from '#shared/platform/system-dependencies.ts'
import { workers } from '#shared/platform/workers.ts'
import { recordStore } from '#shared/store/catalog/record-store.ts'
import { reconciliationStore } from '#shared/store/reporting/reconciliation-store.ts'
import { checkCallingRules } from './check-calling-rules.ts'
import { reconcileDays } from './reconcile-days.ts'

export const handler = createLambdaHandler(async () => {
  const environment = parseEnvironment(workers.reconcile.environment, process.env)
  const engine = createEngineOnAws(environment)
  const deps = {
    ...systemDependencies,
    log: createLogOnAws(environment),
    measure: createMeasureOnAws(environment),
    reconciliation: reconciliationStore(engine),
    records: recordStore(engine),
  }
  return () => {
    checkCallingRules(deps)
    return reconcileDays(deps, workers.reconcile.pastDaysEverySeconds)
  }
})
