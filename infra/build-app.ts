import { type App, Validations } from 'aws-cdk-lib'
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag'
import { EdgeStack } from '#infra/edge-stack.ts'
import { acknowledgeFindings } from '#infra/nag-reasons.ts'
import { ServiceStack } from '#infra/service-stack.ts'
import { settingsOf } from '#infra/settings.ts'
import { edgeRegion } from '#infra/stage.ts'
import { StorageStack } from '#infra/storage-stack.ts'

/** `region` is where everything but the edge is. What else can be chosen stands in `settings.ts`. */
export function buildApp(app: App, region = edgeRegion) {
  const { stage, mailFrom, withEdge, domain, edition } = settingsOf((name) => app.node.tryGetContext(name))
  // Only where the edge is in another region than the API does a reference between them cross regions.
  const shared = { env: { region }, crossRegionReferences: withEdge && region !== edgeRegion }

  const storage = new StorageStack(app, `prospectus-${stage.name}-storage`, {
    stage,
    terminationProtection: stage.protected,
    ...shared,
  })
  const { edgeSecret, ...kept } = storage.kept
  const service = new ServiceStack(app, `prospectus-${stage.name}-service`, {
    stage,
    mailFrom,
    ...kept,
    ...(withEdge && { edgeSecret }),
    ...shared,
  })
  const edge = withEdge
    ? new EdgeStack(app, `prospectus-${stage.name}-edge`, {
        stage,
        apiDomain: service.apiDomain,
        edgeSecret,
        domain,
        edition,
        ...shared,
        env: { region: edgeRegion },
      })
    : undefined

  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app))
  acknowledgeFindings(app)
  return { stage, storage, service, edge }
}
