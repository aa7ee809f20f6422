import { type App, Validations } from 'aws-cdk-lib'
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag'
import { acknowledgeFindings } from '#infra/nag-reasons.ts'
import { ServiceStack } from '#infra/service-stack.ts'
import { stageNamed } from '#infra/stage.ts'
import { StorageStack } from '#infra/storage-stack.ts'

/** Context: `stage` is dev or prod (absent: dev); `mailFrom` is the sender of e-mailed leads, verified in SES. */
export function buildApp(app: App) {
  const stage = stageNamed(app.node.tryGetContext('stage') ?? 'dev')
  const mailFrom: string = app.node.tryGetContext('mailFrom') ?? stage.mailFrom
  const protect = { terminationProtection: stage.protected }

  const storage = new StorageStack(app, `prospectus-${stage.name}-storage`, { stage, ...protect })
  const service = new ServiceStack(app, `prospectus-${stage.name}-service`, { stage, mailFrom, ...storage.kept })

  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app))
  acknowledgeFindings(app)
  return { stage, storage, service }
}
