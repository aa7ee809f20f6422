import { createAwsClient } from '#cli/aws/create-aws-client.ts'
import { deleteStack } from '#cli/aws/read-stack.ts'
import { parseDeployArguments } from '#cli/deploy/parse-deploy-arguments.ts'
import { planDestruction } from '#cli/deploy/plan-destruction.ts'
import { runCdk, toContextOptions } from '#cli/deploy/run-cdk.ts'
import { checkAccount } from '#cli/doctor/check-access.ts'
import { createAccountProbe } from '#cli/doctor/create-account-probe.ts'
import { stop } from '#cli/ops/stop.ts'
import { readStageSettings } from '#infra/stage.ts'
import { StageFileError } from '#infra/stage-file.ts'

/** `npm run destroy -- <stage>`: refuses before anything is deleted, or runs `cdk destroy` for the named stage only. */
try {
  const { stage, context, cdkOptions } = parseDeployArguments(process.argv.slice(2), 'destroy')
  const call = createAwsClient()
  const settings = readStageSettings({ stage, ...context })
  const { account, hasEdge } = settings
  const place = { name: stage, region: settings.stage.region, account, hasEdge }
  // A stage for production is refused with any credentials.
  const { result } = settings.stage.isProtected
    ? { result: undefined }
    : await checkAccount(createAccountProbe(call), place)
  if (result?.ok === false) stop({ title: `Nothing was destroyed: ${result.actual}. ${result.fix}` })
  const { refusals, otherStacks, remainingTables } = await planDestruction(settings, call)
  if (refusals.length > 0) stop({ title: `Nothing was destroyed: ${refusals.join(' ')}` })
  runCdk('destroy', '--all', ...toContextOptions(stage, context), ...cdkOptions)

  for (const stack of otherStacks) {
    await deleteStack(call, stack)
    console.log(`${stack.name}, which is not part of the stage any more, is being deleted too.`)
  }
  for (const table of remainingTables)
    console.log(
      `${table} was restored, so it is in no stack and remains. To delete it: aws dynamodb delete-table --table-name ${table}`,
    )
} catch (error) {
  if (error instanceof StageFileError) stop({ title: error.message, ends: 'usage' })
  stop({ title: error instanceof Error ? error.message : String(error) })
}
