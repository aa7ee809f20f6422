import { createLambdaHandler } from '#shared/platform/aws/create-lambda-handler.ts'
import { createLogOnAws } from '#shared/platform/aws/create-log-on-aws.ts'
import { parseEnvironment } from '#shared/platform/environment.ts'
import { createEngineOnAws, createMeasureOnAws, deriveKeysOnAws } from '#shared/platform/on-aws.ts'
import { systemDependencies } from '#shared/platform/system-dependencies.ts'
import { workers } from '#shared/platform/workers.ts'
import { personIndexStore } from '#shared/store/aftercare/person-index.ts'
import { withdrawalStore } from '#shared/store/aftercare/withdrawals.ts'
import { leadStore } from '#shared/store/capture/leads.ts'
import { deliveryStore } from '#shared/store/delivery/delivery-store.ts'
import { continueWithdrawals } from './continue-withdrawals.ts'

export const handler = createLambdaHandler(async () => {
  const environment = parseEnvironment(workers.withdraw.environment, process.env)
  const engine = createEngineOnAws(environment)
  const deps = {
    ...systemDependencies,
    ...(await deriveKeysOnAws(environment)),
    log: createLogOnAws(environment),
    measure: createMeasureOnAws(environment),
    deliveries: deliveryStore(engine),
    withdrawals: withdrawalStore(engine),
    leads: leadStore(engine),
    personIndex: personIndexStore(engine),
  }
  return () => continueWithdrawals(deps)
})
