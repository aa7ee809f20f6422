import { createAwsClient } from '#cli/aws/create-aws-client.ts'
import { deleteStack, readStack } from '#cli/aws/read-stack.ts'
import { parseDeployArguments } from '#cli/deploy/parse-deploy-arguments.ts'
import { runCdk, toContextOptions } from '#cli/deploy/run-cdk.ts'
import { stop } from '#cli/ops/stop.ts'
import { readStageSettings } from '#infra/stage.ts'
import { StageFileError } from '#infra/stage-file.ts'
import { edgeRegion, getStackNames } from '#infra/stage-names.ts'

/** `npm run destroy -- <stage>`: refuses a stage for production, and runs `cdk destroy` for the named stage only. */
try {
  const { stage, context, cdkOptions } = parseDeployArguments(process.argv.slice(2), 'destroy')
  const settings = readStageSettings({ stage, ...context })
  if (settings.stage.isProtected)
    stop({
      title: `Nothing was destroyed: stages/${stage}.json says that ${stage} is for production. docs/deploying.md says how to delete it for good.`,
    })
  runCdk('destroy', '--all', ...toContextOptions(stage, context), ...cdkOptions)

  // An edge that was switched off is no stack of the app any more, so the CDK leaves it.
  const edge = { name: getStackNames(settings.stage).edge, region: edgeRegion }
  const call = createAwsClient()
  if (!settings.hasEdge && (await readStack(call, edge))) {
    await deleteStack(call, edge)
    console.log(`${edge.name}, which was switched off before, is being deleted too.`)
  }
} catch (error) {
  if (error instanceof StageFileError) stop({ title: error.message, ends: 'usage' })
  stop({ title: error instanceof Error ? error.message : String(error) })
}
