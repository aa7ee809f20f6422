import { describe, expect, it } from 'vitest'
import type { CallAws } from '#cli/aws/create-aws-client.ts'
import { planDestruction } from '#cli/deploy/plan-destruction.ts'
import { readSample } from '#test/infra/synthesize.ts'

type Stack = { status?: string; isProtected?: boolean; resources?: object }
const names = ['prospectus-dev-edge-us-east-1', 'prospectus-dev-service', 'prospectus-dev-storage']
const table = (isProtected: boolean) => ({
  Leads: { Type: 'AWS::DynamoDB::Table', Properties: { DeletionProtectionEnabled: isProtected } },
})
const dev: { [name: string]: Stack } = Object.fromEntries(names.map((name) => [name, { resources: table(false) }]))

/** AWS with these stacks, which notes whether it was told to change anything. */
function createAws(stacks: { [name: string]: Stack }, account = '111122223333') {
  const changes: string[] = []
  const call: CallAws = async ({ service, body = '' }) => {
    if (service === 'sts') return { status: 200, text: `<Account>${account}</Account><Arn>arn</Arn>` }
    const parameters = new URLSearchParams(body)
    const stack = stacks[parameters.get('StackName') ?? '']
    const action = parameters.get('Action') ?? ''
    if (!/^(Describe|Get)/.test(action)) changes.push(action)
    if (!stack) return { status: 400, text: '<Code>ValidationError</Code><Message>x does not exist</Message>' }
    const { status = 'UPDATE_COMPLETE', isProtected = false, resources = {} } = stack
    return action === 'DescribeStacks'
      ? {
          status: 200,
          text: `<StackStatus>${status}</StackStatus><EnableTerminationProtection>${isProtected}</EnableTerminationProtection>`,
        }
      : { status: 200, text: `<TemplateBody>${JSON.stringify({ Resources: resources })}</TemplateBody>` }
  }
  return { call, changes }
}

const plan = (stacks: { [name: string]: Stack }, overrides: Parameters<typeof readSample>[1] = {}, account?: string) =>
  planDestruction(readSample('dev', overrides), createAws(stacks, account).call)

describe('the plan of a destruction', () => {
  it('refuses nothing of a stage for a trial', async () => {
    expect(await plan(dev)).toEqual({ refusals: [], otherStacks: [], remainingTables: [] })
  })

  it.each<[string, { [name: string]: Stack }, string]>([
    [
      'the storage stack has termination protection, which the CDK would find last',
      { ...dev, 'prospectus-dev-storage': { isProtected: true } },
      'prospectus-dev-storage has termination protection.',
    ],
    [
      'the edge has termination protection',
      { ...dev, 'prospectus-dev-edge-us-east-1': { isProtected: true } },
      'prospectus-dev-edge-us-east-1 has termination protection.',
    ],
    [
      'a table has deletion protection, as it was deployed',
      { ...dev, 'prospectus-dev-storage': { resources: table(true) } },
      'prospectus-dev-storage: table Leads has deletion protection.',
    ],
    [
      'a deployment is running',
      { ...dev, 'prospectus-dev-service': { status: 'UPDATE_IN_PROGRESS' } },
      'prospectus-dev-service is UPDATE_IN_PROGRESS: a deployment is running. Wait until it has ended.',
    ],
  ])('refuses before anything is deleted if %s', async (_, stacks, refusal) => {
    const { call, changes } = createAws(stacks)
    expect((await planDestruction(readSample('dev'), call)).refusals).toEqual([refusal])
    expect(changes).toEqual([])
  })

  it('refuses a stage for production and another account without a look at its stacks', async () => {
    const prod = await planDestruction(readSample('prod'), createAws({}).call)
    expect(prod.refusals).toEqual([expect.stringContaining('is for production')])
    expect((await plan(dev, { account: '111122223333' }, '999999999999')).refusals).toEqual([
      expect.stringContaining('The credentials are of account 999999999999'),
    ])
  })

  it('finds an edge that was switched off, and names restored tables, which are in no stack', async () => {
    const tables = { leads: 'prospectus-dev-storage-Leads-20261128T140000Z' }
    expect(await plan(dev, { edge: 'off', tables })).toEqual({
      refusals: [],
      otherStacks: [{ name: 'prospectus-dev-edge-us-east-1', region: 'us-east-1' }],
      remainingTables: [tables.leads],
    })
  })
})
