import type { CallAws } from '#cli/aws/create-aws-client.ts'
import { readCallerIdentity } from '#cli/aws/read-account.ts'
import { type DeployedStack, readStack } from '#cli/aws/read-stack.ts'
import type { StageSettings } from '#infra/stage.ts'
import { edgeRegion, getFormerEdgeStackName, getStackNames } from '#infra/stage-names.ts'
import { compareTemplates, findDataLosses } from './compare-templates.ts'
import { describeChangesForPeople, describeReplacements, type StageTemplates } from './describe-changes.ts'
import { type DescribeTable, findTableFaults } from './find-table-faults.ts'
import type { StackTemplate } from './stack-template.ts'

export type DeploymentPlan = {
  /** Where the stage is deployed. */
  place: string
  /** What changes, for people to read. */
  changes: string[]
  /** Why nothing may be deployed. */
  refusals: string[]
  /** Edge stacks that are not part of the stage any more. They cost as long as they exist. */
  edgesToDelete: { name: string; region: string }[]
}

/** Compares the templates of a stage with what is deployed, in the account of the credentials. */
export async function planDeployment(
  { stage, account, hasEdge }: StageSettings,
  templates: StageTemplates,
  { call, describeTable }: { call: CallAws; describeTable: DescribeTable },
): Promise<DeploymentPlan> {
  const identity = await readCallerIdentity(call, stage.region)
  const place = `stage ${stage.name} in account ${identity.account}, region ${stage.region}`
  const accountFault = findAccountFault(identity.account, { stageName: stage.name, account })
  if (accountFault !== undefined) return { place, changes: [], refusals: [accountFault], edgesToDelete: [] }

  const names = getStackNames(stage)
  const [storage, service, edge, formerEdge] = await Promise.all([
    readStack(call, { name: names.storage, region: stage.region }),
    readStack(call, { name: names.service, region: stage.region }),
    readStack(call, { name: names.edge, region: edgeRegion }),
    readStack(call, { name: getFormerEdgeStackName(stage), region: edgeRegion }),
  ])
  const deployed = { storage, service, edge }
  const before = {
    storage: storage?.template,
    service: service?.template,
    edge: edge?.template ?? formerEdge?.template,
  }
  const edgesToDelete = [hasEdge ? undefined : edge, formerEdge].flatMap((stack) => stack ?? [])
  const comparisons = (['storage', 'service', 'edge'] as const).flatMap((stack) => {
    const [from, to] = [deployed[stack]?.template, templates[stack]]
    return from && to ? [{ stack, changes: compareTemplates(from, to) }] : []
  })
  return {
    place,
    changes: [
      ...describeChangesForPeople(before, templates),
      ...comparisons.flatMap(({ stack, changes }) => describeReplacements(names[stack], changes)),
      ...edgesToDelete.map(
        ({ name }) => `${name}, which is no longer part of the stage, is deleted with its CloudFront and firewall`,
      ),
    ],
    refusals: [
      ...[...Object.values(deployed), formerEdge].flatMap((stack) => (stack ? describeUnreadiness(stack) : [])),
      ...findVersionFault(before.service, templates.service),
      ...comparisons.flatMap(({ stack, changes }) => findDataLosses(changes).map((loss) => `${names[stack]}: ${loss}`)),
      ...(await findTableFaults(stage, { before: before.service, after: templates.service }, describeTable)),
    ],
    edgesToDelete: edgesToDelete.map(({ name, region }) => ({ name, region })),
  }
}

/** Why these credentials may not change a stage; undefined if they may, or if its file names no account. */
export function findAccountFault(
  actual: string,
  { stageName, account }: { stageName: string; account: string | undefined },
): string | undefined {
  return account === undefined || account === actual
    ? undefined
    : `The credentials are of account ${actual}, but stages/${stageName}.json says ${account}. Choose another AWS_PROFILE.`
}

/** Why a program may not take over the data that a newer one has stored. */
function findVersionFault(deployed: StackTemplate | undefined, next: StackTemplate | undefined): string[] {
  const stored = deployed?.Metadata.schemaVersion ?? 0
  const supported = next?.Metadata.schemaVersion ?? 0
  if (next === undefined || stored <= supported) return []
  return [
    `What is deployed stores data of schema version ${stored}, and this version of Prospectus reads up to ${supported}. Deploy a version that reads it, or restore the tables of before the upgrade (docs/operations.md).`,
  ]
}

/** Why a stack cannot be updated now. */
function describeUnreadiness({ name, region, status }: DeployedStack): string[] {
  if (status.endsWith('_IN_PROGRESS') && !status.includes('CLEANUP'))
    return [`${name} is ${status}: another deployment is running. Wait until it has ended.`]
  if (status === 'UPDATE_ROLLBACK_FAILED')
    return [
      `${name} is ${status}. Run: aws cloudformation continue-update-rollback --region ${region} --stack-name ${name}`,
    ]
  if (status === 'DELETE_FAILED')
    return [
      `${name} is ${status}. Find out in the CloudFormation console what could not be deleted, and delete it again.`,
    ]
  return []
}
