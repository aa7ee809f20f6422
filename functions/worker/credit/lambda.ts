import { createLambdaHandler } from '#shared/platform/aws/create-lambda-handler.ts'
import { createLogOnAws } from '#shared/platform/aws/create-log-on-aws.ts'
import { parseEnvironment } from '#shared/platform/environment.ts'
import { createEngineOnAws, createMeasureOnAws, deriveKeysOnAws } from '#shared/platform/on-aws.ts'
import { systemDependencies } from '#shared/platform/system-dependencies.ts'
import { workers } from '#shared/platform/workers.ts'
import { returnStore } from '#shared/store/aftercare/returns.ts'
import { recordStore } from '#shared/store/catalog/record-store.ts'
import { deliveryStore } from '#shared/store/delivery/delivery-store.ts'
import { ledgerStore } from '#shared/store/reporting/ledger/ledger-store.ts'
import { statementStore } from '#shared/store/reporting/ledger/statement-store.ts'
import { creditAlertStore } from '#shared/store/routing/credit-alert-store.ts'
import { approveDueReturns } from './approve-due-returns.ts'
import { closeStatements } from './close-statements.ts'
import { watchCredit } from './watch-credit.ts'

export const handler = createLambdaHandler(async () => {
  const environment = parseEnvironment(workers.credit.environment, process.env)
  const engine = createEngineOnAws(environment)
  const deps = {
    ...systemDependencies,
    ...(await deriveKeysOnAws(environment)),
    log: createLogOnAws(environment),
    measure: createMeasureOnAws(environment),
    records: recordStore(engine),
    creditAlerts: creditAlertStore(engine),
    ledger: ledgerStore(engine),
    statements: statementStore(engine),
    returns: returnStore(engine),
    deliveries: deliveryStore(engine),
  }
  return async () => {
    await approveDueReturns(deps)
    await watchCredit(deps)
    await closeStatements(deps)
  }
})
