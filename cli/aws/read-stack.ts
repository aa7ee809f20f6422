import { parseTemplate, type StackTemplate } from '#cli/deploy/stack-template.ts'
import { AwsError, type CallAws, callQuery, readXmlTag } from './create-aws-client.ts'

export type DeployedStack = {
  name: string
  region: string
  status: string
  isTerminationProtected: boolean
  /** When it was last created or began to be updated. */
  updatedAt: Date
  outputs: { [name: string]: string }
  template: StackTemplate
}

const version = '2010-05-15'
/** States in which a stack holds nothing yet: the CDK deletes it and begins again. */
const emptyStatuses = ['REVIEW_IN_PROGRESS', 'ROLLBACK_COMPLETE', 'DELETE_COMPLETE']

/** Reads a deployed stack; undefined if it does not exist. @throws AwsError for anything else, such as missing rights */
export async function readStack(
  call: CallAws,
  { name, region }: { name: string; region: string },
): Promise<DeployedStack | undefined> {
  const service = { service: 'cloudformation', region, version } as const
  try {
    const description = await callQuery(call, service, { Action: 'DescribeStacks', StackName: name })
    const status = readXmlTag(description, 'StackStatus') ?? ''
    if (emptyStatuses.includes(status)) return undefined
    const xml = await callQuery(call, service, {
      Action: 'GetTemplate',
      StackName: name,
      TemplateStage: 'Original',
    })
    const updatedAt = readXmlTag(description, 'LastUpdatedTime') ?? readXmlTag(description, 'CreationTime') ?? ''
    return {
      name,
      region,
      status,
      isTerminationProtected: readXmlTag(description, 'EnableTerminationProtection') === 'true',
      updatedAt: new Date(updatedAt),
      outputs: readOutputs(description),
      template: parseTemplate(readXmlTag(xml, 'TemplateBody') ?? ''),
    }
  } catch (error) {
    if (error instanceof AwsError && /does not exist/.test(error.message)) return undefined
    throw error
  }
}

function readOutputs(description: string): DeployedStack['outputs'] {
  const members = description.match(/<member>\s*<OutputKey>[\s\S]*?<\/member>/g) ?? []
  return Object.fromEntries(
    members.map((member) => [readXmlTag(member, 'OutputKey') ?? '', readXmlTag(member, 'OutputValue') ?? '']),
  )
}

/** Deletes a stack, also a protected one, and returns when CloudFormation has begun. */
export async function deleteStack(call: CallAws, { name, region }: { name: string; region: string }): Promise<void> {
  const service = { service: 'cloudformation', region, version } as const
  await callQuery(call, service, {
    Action: 'UpdateTerminationProtection',
    StackName: name,
    EnableTerminationProtection: 'false',
  })
  await callQuery(call, service, { Action: 'DeleteStack', StackName: name })
}
