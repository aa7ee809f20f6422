import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { createAwsClient } from '#cli/aws/create-aws-client.ts'
import { deleteStack, readStack } from '#cli/aws/read-stack.ts'
import { type DeployArguments, parseDeployArguments } from '#cli/deploy/parse-deploy-arguments.ts'
import { type DeploymentPlan, planDeployment } from '#cli/deploy/plan-deployment.ts'
import { runCdk, toContextOptions } from '#cli/deploy/run-cdk.ts'
import { parseTemplate } from '#cli/deploy/stack-template.ts'
import { findAccessFault } from '#cli/doctor/check-access.ts'
import { createAccountProbe } from '#cli/doctor/create-account-probe.ts'
import { requireConfirmation } from '#cli/ops/require-confirmation.ts'
import { stop } from '#cli/ops/stop.ts'
import { createTableAdmin } from '#cli/restore/create-table-admin.ts'
import { readStageSettings } from '#infra/stage.ts'
import { StageFileError } from '#infra/stage-file.ts'
import { getStackNames } from '#infra/stage-names.ts'

/** `npm run deploy -- <stage>`: says what changes for people, refuses what would lose data, asks, and runs `cdk deploy`. */
const assembly = 'cdk.out'
const call = createAwsClient()
// CloudFront takes minutes; half an hour is given up.
const checkMs = 10_000
const maxDeletionChecks = 180

/** What is true if the next step fails. */
let state = 'Nothing was deployed'

try {
  await deploy(parseDeployArguments(process.argv.slice(2)))
} catch (error) {
  if (error instanceof StageFileError) stop({ title: error.message, ends: 'usage' })
  stop({ title: `${state}: ${describeError(error)}` })
}

async function deploy({ stage, context, cdkOptions, asks }: DeployArguments): Promise<void> {
  const settings = readStageSettings({ stage, ...context })
  const { account, hasEdge } = settings
  const place = { name: stage, region: settings.stage.region, account, hasEdge }
  const accessFault = await findAccessFault(createAccountProbe(call), place)
  if (accessFault !== undefined) stop({ title: `${state}: ${accessFault}` })
  runCdk('synth', '--quiet', '--output', assembly, ...toContextOptions(stage, context))
  const names = getStackNames(settings.stage)
  const plan = await planDeployment(
    settings,
    {
      storage: readTemplate(names.storage),
      service: readTemplate(names.service),
      edge: settings.hasEdge ? readTemplate(names.edge) : undefined,
    },
    {
      call,
      describeTable: createTableAdmin({ client: new DynamoDBClient({ region: settings.stage.region }) }).describe,
    },
  )
  printPlan(plan)
  if (plan.refusals.length > 0) stop({ title: 'Nothing was deployed.' })
  if (asks) await requireConfirmation(`Deploy ${plan.place}?`, {})

  // A domain belongs to one distribution, so an edge that is replaced goes first. One that is switched off goes last: until
  // the API is public, it is the only way in.
  if (settings.hasEdge) await deleteEdges(plan, { waits: true })
  runCdk('deploy', '--all', '--app', assembly, ...cdkOptions)
  state = 'The stage is deployed, but its former edge is not deleted. Deploy again to delete it'
  if (!settings.hasEdge) await deleteEdges(plan, { waits: false })
}

async function deleteEdges({ edgesToDelete }: DeploymentPlan, { waits }: { waits: boolean }): Promise<void> {
  for (const edge of edgesToDelete) {
    await deleteStack(call, edge)
    if (waits) state = 'The former edge is being deleted, and nothing was deployed yet. Deploy again'
    console.log(`${edge.name} is being deleted. CloudFront takes some minutes.`)
    if (waits) await waitUntilDeleted(edge)
  }
}

async function waitUntilDeleted(stack: { name: string; region: string }): Promise<void> {
  for (let check = 0; check < maxDeletionChecks; check++) {
    const deployedStack = await readStack(call, stack)
    if (deployedStack === undefined) return
    if (deployedStack.status === 'DELETE_FAILED')
      stop({
        title: `${stack.name} could not be deleted. The CloudFormation console says why. Deploy again after that.`,
      })
    await setTimeout(checkMs)
  }
  stop({ title: `${stack.name} is still being deleted. Deploy again when it is gone.` })
}

function printPlan({ place, changes, refusals }: DeploymentPlan): void {
  console.log(`\n${place}`)
  console.log(changes.length > 0 ? 'What changes for people:' : 'Nothing changes for people.')
  for (const line of changes) console.log(`  ${line}`)
  if (refusals.length > 0) console.error('Refused:')
  for (const line of refusals) console.error(`  ${line}`)
  console.log('')
}

function readTemplate(stack: string) {
  const path = join(assembly, `${stack}.template.json`)
  return existsSync(path) ? parseTemplate(readFileSync(path, 'utf8')) : undefined
}

function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message
}
