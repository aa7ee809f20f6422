import { type App, Validations } from 'aws-cdk-lib'
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag'
import { EdgeStack } from '#infra/edge-stack.ts'
import { acknowledgeFindings } from '#infra/nag-reasons.ts'
import { readSettings } from '#infra/read-settings.ts'
import { ServiceStack } from '#infra/service-stack.ts'
import { edgeRegion } from '#infra/stage.ts'
import { StorageStack } from '#infra/storage-stack.ts'

/** `region` is the region of everything except the edge. Other settings are in `read-settings.ts`. */
export function buildApp(app: App, region = edgeRegion) {
  const { stage, mailFrom, hasEdge, domain, edition } = readSettings((name) => app.node.tryGetContext(name))
  // References cross regions only if the API is not in the region of the edge.
  const sharedProps = { env: { region }, crossRegionReferences: hasEdge && region !== edgeRegion }

  const storage = new StorageStack(app, `prospectus-${stage.name}-storage`, {
    stage,
    terminationProtection: stage.isProtected,
    ...sharedProps,
  })
  const { edgeSecret, ...storageResources } = storage.resources
  const service = new ServiceStack(app, `prospectus-${stage.name}-service`, {
    stage,
    mailFrom,
    ...storageResources,
    ...(hasEdge && { edgeSecret }),
    ...sharedProps,
  })
  const edge = hasEdge
    ? new EdgeStack(app, `prospectus-${stage.name}-edge`, {
        stage,
        apiDomain: service.apiDomain,
        edgeSecret,
        domain,
        edition,
        ...sharedProps,
        env: { region: edgeRegion },
      })
    : undefined

  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app))
  acknowledgeFindings(app)
  return { stage, storage, service, edge }
}
