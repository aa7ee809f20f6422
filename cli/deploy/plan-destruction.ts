import type { CallAws } from '#cli/aws/create-aws-client.ts'
import { readCallerIdentity } from '#cli/aws/read-account.ts'
import { type DeployedStack, readStack } from '#cli/aws/read-stack.ts'
import { findAccountFault } from '#cli/deploy/plan-deployment.ts'
import type { StageSettings } from '#infra/stage.ts'
import { edgeRegion, getFormerEdgeStackName, getStackNames } from '#infra/stage-names.ts'

export type DestructionPlan = {
  /** Why nothing may be destroyed. */
  refusals: string[]
  /** Stacks that are not part of the app any more, which the CDK would leave. */
  otherStacks: { name: string; region: string }[]
  /** Tables that are in no stack. */
  remainingTables: string[]
}

/**
 * Reads everything that is deployed of a stage before anything is deleted. The CDK deletes edge, service and storage in this
 * order, so what refuses last would refuse when the others are gone.
 */
export async function planDestruction(
  { stage, account, hasEdge }: Pick<StageSettings, 'stage' | 'account' | 'hasEdge'>,
  call: CallAws,
): Promise<DestructionPlan> {
  const remainingTables = Object.values(stage.restoredTables).flatMap((name) => name ?? [])
  const refuse = (...refusals: string[]): DestructionPlan => ({ refusals, otherStacks: [], remainingTables })
  if (stage.isProtected)
    return refuse(
      `stages/${stage.name}.json says that ${stage.name} is for production. docs/deploying.md says how to delete it for good.`,
    )
  const identity = await readCallerIdentity(call, stage.region)
  const accountFault = findAccountFault(identity.account, { stageName: stage.name, account })
  if (accountFault !== undefined) return refuse(accountFault)
  const names = getStackNames(stage)
  const [edge, formerEdge, service, storage] = await Promise.all([
    readStack(call, { name: names.edge, region: edgeRegion }),
    readStack(call, { name: getFormerEdgeStackName(stage), region: edgeRegion }),
    readStack(call, { name: names.service, region: stage.region }),
    readStack(call, { name: names.storage, region: stage.region }),
  ])
  const stacks = [edge, formerEdge, service, storage].flatMap((stack) => stack ?? [])
  return {
    refusals: stacks.flatMap(describeRefusal),
    otherStacks: [hasEdge ? undefined : edge, formerEdge].flatMap((stack) =>
      stack ? [{ name: stack.name, region: stack.region }] : [],
    ),
    remainingTables,
  }
}

function describeRefusal({ name, status, isTerminationProtected, template }: DeployedStack): string[] {
  const protectedTables = Object.entries(template.Resources).filter(
    ([, { Type, Properties }]) => Type === 'AWS::DynamoDB::Table' && Properties.DeletionProtectionEnabled === true,
  )
  return [
    ...(isTerminationProtected ? [`${name} has termination protection.`] : []),
    ...protectedTables.map(([id]) => `${name}: table ${id} has deletion protection.`),
    ...(status.endsWith('_IN_PROGRESS') && !status.includes('CLEANUP')
      ? [`${name} is ${status}: a deployment is running. Wait until it has ended.`]
      : []),
  ]
}
