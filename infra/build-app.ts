import { type App, Validations } from 'aws-cdk-lib'
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag'
import { EdgeStack } from '#infra/edge-stack.ts'
import { acknowledgeFindings } from '#infra/nag-reasons.ts'
import { ServiceStack } from '#infra/service-stack.ts'
import type { StageSettings } from '#infra/stage.ts'
import { edgeRegion, getStackNames } from '#infra/stage-names.ts'
import { StorageStack } from '#infra/storage-stack.ts'

/** The stacks of a stage. An account is only known if the stage file names one. */
export function buildApp(app: App, settings: StageSettings) {
  const { stage, account, mailFrom, alarmEmails, hasEdge, domain, edition } = settings
  const names = getStackNames(stage)
  const toEnvironment = (region: string) => ({ region, ...(account !== undefined && { account }) })
  const sharedProps = {
    stage,
    alarmEmails,
    env: toEnvironment(stage.region),
    crossRegionReferences: stage.region !== edgeRegion,
    // On each stack, so that `cdk destroy`, which begins with the edge, refuses before it has deleted anything.
    terminationProtection: stage.isProtected,
  }

  const storage = new StorageStack(app, names.storage, sharedProps)
  const { edgeSecret, ...storageResources } = storage.resources
  const service = new ServiceStack(app, names.service, {
    mailFrom,
    ...storageResources,
    ...(hasEdge && { edgeSecret }),
    ...sharedProps,
  })
  const edge = hasEdge
    ? new EdgeStack(app, names.edge, {
        apiDomain: service.apiDomain,
        edgeSecret,
        domain,
        edition,
        ...sharedProps,
        env: toEnvironment(edgeRegion),
      })
    : undefined

  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app))
  acknowledgeFindings(app, account)
  return { stage, storage, service, edge }
}
