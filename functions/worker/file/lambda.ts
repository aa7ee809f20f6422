import { createConnectSftp } from '#shared/outbound/sftp/create-connect-sftp.ts'
import { sftpDeadlineMs } from '#shared/outbound/sftp/sftp.ts'
import { createLambdaHandler } from '#shared/platform/aws/create-lambda-handler.ts'
import { createLogOnAws } from '#shared/platform/aws/create-log-on-aws.ts'
import { createMailOnAws } from '#shared/platform/aws/create-mail-on-aws.ts'
import { parseEnvironment } from '#shared/platform/environment.ts'
import { parseAttemptTimes } from '#shared/platform/environment-variables.ts'
import { createEngineOnAws, createMeasureOnAws, deriveKeysOnAws } from '#shared/platform/on-aws.ts'
import { systemDependencies } from '#shared/platform/system-dependencies.ts'
import { workers } from '#shared/platform/workers.ts'
import { suppressionStore } from '#shared/store/aftercare/suppressions.ts'
import { composedStore } from '#shared/store/catalog/composed-store.ts'
import { recordStore } from '#shared/store/catalog/record-store.ts'
import { deliveryStore } from '#shared/store/delivery/delivery-store.ts'
import { endpointHealthStore } from '#shared/store/delivery/endpoint-health-store.ts'
import { fileStore } from '#shared/store/delivery/file-store.ts'
import { headerSecretStore } from '#shared/store/delivery/header-secret-store.ts'
import { sendFiles } from './send-files.ts'

export const handler = createLambdaHandler(async () => {
  const environment = parseEnvironment(workers.file.environment, process.env)
  const engine = createEngineOnAws(environment)
  const deps = {
    ...systemDependencies,
    ...(await deriveKeysOnAws(environment)),
    log: createLogOnAws(environment),
    measure: createMeasureOnAws(environment),
    composed: composedStore(engine),
    deliveries: deliveryStore(engine),
    endpointHealth: endpointHealthStore(engine),
    files: fileStore(engine),
    headerSecrets: headerSecretStore(engine),
    records: recordStore(engine),
    suppressions: suppressionStore(engine),
    connectSftp: createConnectSftp({ settings: { loopback: 'refused' }, deadlineMs: sftpDeadlineMs }),
    mail: createMailOnAws(environment, { deadlineMs: parseAttemptTimes(environment).deadlineSeconds * 1000 }),
  }
  return () => sendFiles(deps)
})
