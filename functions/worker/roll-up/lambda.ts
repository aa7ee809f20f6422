import { createLambdaHandler } from '#shared/platform/aws/create-lambda-handler.ts'
import { createLogOnAws } from '#shared/platform/aws/create-log-on-aws.ts'
import { parseEnvironment } from '#shared/platform/environment.ts'
import { createEngineOnAws } from '#shared/platform/on-aws.ts'
import { systemDependencies } from '#shared/platform/system-dependencies.ts'
import { workers } from '#shared/platform/workers.ts'
import { reconciliationStore } from '#shared/store/reporting/reconciliation-store.ts'
import { recountMarkStore } from '#shared/store/reporting/recount-marks.ts'
import { rollUpStore } from '#shared/store/reporting/roll-ups.ts'
import { rollUpDays } from './roll-up-days.ts'

export const handler = createLambdaHandler(async () => {
  const environment = parseEnvironment(workers['roll-up'].environment, process.env)
  const engine = createEngineOnAws(environment)
  const deps = {
    ...systemDependencies,
    log: createLogOnAws(environment),
    reconciliation: reconciliationStore(engine),
    recountMarks: recountMarkStore(engine),
    rollUps: rollUpStore(engine),
  }
  return () => rollUpDays(deps, workers['roll-up'].pastDaysEverySeconds)
})
