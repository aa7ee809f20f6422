import { createCertificateVendorsOnAws } from '#shared/platform/aws/create-certificate-vendors-on-aws.ts'
import { createLambdaHandler } from '#shared/platform/aws/create-lambda-handler.ts'
import { createLogOnAws } from '#shared/platform/aws/create-log-on-aws.ts'
import { parseEnvironment } from '#shared/platform/environment.ts'
import { createEngineOnAws, createMeasureOnAws } from '#shared/platform/on-aws.ts'
import { systemDependencies } from '#shared/platform/system-dependencies.ts'
import { workers } from '#shared/platform/workers.ts'
import { certificateStore } from '#shared/store/capture/certificates.ts'
import { leadStore } from '#shared/store/capture/leads.ts'
import { retainCertificates } from './retain-certificates.ts'

export const handler = createLambdaHandler(async () => {
  const environment = parseEnvironment(workers.certify.environment, process.env)
  const engine = createEngineOnAws(environment)
  const deps = {
    ...systemDependencies,
    log: createLogOnAws(environment),
    measure: createMeasureOnAws(environment),
    certificates: certificateStore(engine),
    certificateVendors: await createCertificateVendorsOnAws(environment),
    leads: leadStore(engine),
  }
  return () => retainCertificates(deps)
})
