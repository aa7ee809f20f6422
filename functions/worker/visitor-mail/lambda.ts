import { createLambdaHandler } from '#shared/platform/aws/create-lambda-handler.ts'
import { createLogOnAws } from '#shared/platform/aws/create-log-on-aws.ts'
import { createMailOnAws } from '#shared/platform/aws/create-mail-on-aws.ts'
import { parseEnvironment } from '#shared/platform/environment.ts'
import { parseAttemptTimes } from '#shared/platform/environment-variables.ts'
import { createEngineOnAws, deriveKeysOnAws } from '#shared/platform/on-aws.ts'
import { systemDependencies } from '#shared/platform/system-dependencies.ts'
import { workers } from '#shared/platform/workers.ts'
import { suppressionStore } from '#shared/store/aftercare/suppressions.ts'
import { visitorMessageStore } from '#shared/store/aftercare/visitor-messages.ts'
import { leadStore } from '#shared/store/capture/leads.ts'
import { sendVisitorMessages } from './send-visitor-messages.ts'

export const handler = createLambdaHandler(async () => {
  const environment = parseEnvironment(workers['visitor-mail'].environment, process.env)
  const engine = createEngineOnAws(environment)
  const attemptTimes = parseAttemptTimes(environment)
  const deps = {
    ...systemDependencies,
    ...(await deriveKeysOnAws(environment)),
    log: createLogOnAws(environment),
    attemptTimes,
    publicUrl: environment.PUBLIC_URL,
    leads: leadStore(engine),
    suppressions: suppressionStore(engine),
    visitorMessages: visitorMessageStore(engine),
    mail: createMailOnAws(environment, { deadlineMs: attemptTimes.deadlineSeconds * 1000 }),
  }
  return () => sendVisitorMessages(deps)
})
