import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { CallAws } from '#cli/aws/create-aws-client.ts'
import { parseDeployArguments } from '#cli/deploy/parse-deploy-arguments.ts'
import { planDeployment } from '#cli/deploy/plan-deployment.ts'
import { parseTemplate } from '#cli/deploy/stack-template.ts'
import type { TableState } from '#cli/restore/table-admin.ts'
import type { StageSettings } from '#infra/stage.ts'
import { readSample } from '#test/infra/synthesize.ts'

const sampleFolder = join(import.meta.dirname, '../../infra/stages')
const prod = readSample('prod')
const account = '111122223333'

type DeployedStacks = { [name: string]: { template: object; status?: string } }
/** AWS with these stacks, by `region/name`, in one account. */
function createAws(stacks: DeployedStacks, callerAccount = account): CallAws {
  return async ({ service, region, body = '' }) => {
    if (service === 'sts') return { status: 200, text: `<Account>${callerAccount}</Account><Arn>arn</Arn>` }
    const parameters = new URLSearchParams(body)
    const stack = stacks[`${region}/${parameters.get('StackName')}`]
    if (!stack)
      return { status: 400, text: '<Code>ValidationError</Code><Message>Stack with id x does not exist</Message>' }
    if (parameters.get('Action') === 'DescribeStacks')
      return { status: 200, text: `<StackStatus>${stack.status ?? 'UPDATE_COMPLETE'}</StackStatus>` }
    const text = JSON.stringify(stack.template).replaceAll('&', '&amp;').replaceAll('<', '&lt;')
    return { status: 200, text: `<TemplateBody>${text}</TemplateBody>` }
  }
}

/** With these restored tables, by name. */
const toAws = (call: CallAws, tables: { [name: string]: Partial<TableState> } = {}) => ({
  call,
  describeTable: async (name: string) => (tables[name] ? { ...aTable, ...tables[name] } : undefined),
})
const aTable: TableState = {
  name: 'a-table',
  arn: 'arn',
  isActive: true,
  approximateRows: 1,
  window: { earliest: new Date(0), latest: new Date(1) },
  encryptionKey: undefined,
  shape: '',
  restored: undefined,
  settings: { hasDeletionProtection: true, timeToLive: undefined, recoveryDays: 35, stream: undefined, tags: [] },
}

type StageParts = {
  leadsTable?: string
  maintenance?: 'on' | 'off'
  mailFrom?: string
  retention?: string
  aliases?: string[] | undefined
  emails?: string[]
  tableName?: string
}
function buildTemplates({
  leadsTable,
  maintenance = 'off',
  mailFrom = 'a@x.org',
  retention = '1095',
  aliases,
  emails = [],
  tableName,
}: StageParts) {
  const subscriptions = emails.map((Endpoint, index) => [
    `S${index}`,
    { Type: 'AWS::SNS::Subscription', Properties: { Endpoint } },
  ])
  return {
    storage: {
      Resources: {
        Leads: { Type: 'AWS::DynamoDB::Table', Properties: { ...(tableName && { TableName: tableName }) } },
      },
    },
    service: {
      Resources: {
        Deliver: {
          Type: 'AWS::Lambda::Function',
          Properties: {
            Environment: {
              Variables: {
                MAIL_FROM: mailFrom,
                RETENTION_DAYS: retention,
                MAINTENANCE: maintenance,
                LEADS_TABLE: leadsTable ?? { 'Fn::ImportValue': 'the-table' },
              },
            },
          },
        },
        ...Object.fromEntries(subscriptions),
      },
    },
    edge: {
      Resources: {
        Edge: {
          Type: 'AWS::CloudFront::Distribution',
          Properties: { DistributionConfig: { Comment: 'edition 1', ...(aliases && { Aliases: aliases }) } },
        },
      },
    },
  }
}
const parse = ({ storage, service, edge }: ReturnType<typeof buildTemplates>) => ({
  storage: parseTemplate(JSON.stringify(storage)),
  service: parseTemplate(JSON.stringify(service)),
  edge: parseTemplate(JSON.stringify(edge)),
})
const toStacks = ({ storage, service, edge }: ReturnType<typeof buildTemplates>): DeployedStacks => ({
  'us-east-1/prospectus-prod-storage': { template: storage },
  'us-east-1/prospectus-prod-service': { template: service },
  'us-east-1/prospectus-prod-edge-us-east-1': { template: edge },
})
const deployed: StageParts = { aliases: ['leads.acme.org'], emails: ['a@acme.org'], mailFrom: 'leads@acme.org' }
const plan = (after: StageParts, settings: StageSettings = prod, stacks = toStacks(buildTemplates(deployed))) =>
  planDeployment(settings, parse(buildTemplates(after)), toAws(createAws(stacks)))

describe('the plan of a deployment', () => {
  it('says nothing about a deployment that changes nothing', async () => {
    expect(await plan(deployed)).toEqual({
      place: `stage prod in account ${account}, region us-east-1`,
      changes: [],
      refusals: [],
      edgesToDelete: [],
    })
  })

  it.each<[StageParts, string]>([
    [{ mailFrom: 'leads@prospectus.example' }, 'Sender of lead emails: leads@acme.org -> leads@prospectus.example'],
    [{ retention: 'never' }, 'Personal data is erased: after 1095 days -> never'],
    [{ aliases: undefined }, "Public address: https://leads.acme.org -> CloudFront's own name"],
    [{ emails: [] }, 'Alarms notify: a@acme.org -> no one'],
  ])('says what changes with %j', async (change, line) => {
    expect((await plan({ ...deployed, ...change })).changes).toContain(line)
  })

  it('says that a stage is new', async () => {
    expect((await plan(deployed, prod, {})).changes).toEqual(['A new stage: nothing of it is deployed yet.'])
  })

  it('refuses to replace or delete a table', async () => {
    const { refusals, changes } = await plan({ ...deployed, tableName: 'other' })
    expect(refusals).toEqual([
      'prospectus-prod-storage: table Leads would be replaced by an empty one (TableName differs).',
    ])
    expect(changes).toEqual(['prospectus-prod-storage: AWS::DynamoDB::Table Leads is replaced (TableName)'])
  })

  it('refuses a program that is older than what the deployed one has stored, and no newer one', async () => {
    const ofVersion = (version: number) => {
      const templates = buildTemplates(deployed)
      return { ...templates, service: { ...templates.service, Metadata: { schemaVersion: version } } }
    }
    const planVersion = async (stored: number, next: number) =>
      (await planDeployment(prod, parse(ofVersion(next)), toAws(createAws(toStacks(ofVersion(stored)))))).refusals
    expect(await planVersion(4, 3)).toEqual([
      expect.stringContaining('schema version 4, and this version of Prospectus reads up to 3.'),
    ])
    expect(await planVersion(3, 4)).toEqual([])
  })

  it('says that a stage whose first deployment was interrupted runs nothing yet', async () => {
    const { 'us-east-1/prospectus-prod-storage': storage } = toStacks(buildTemplates(deployed))
    if (!storage) throw new Error('There is no storage stack.')
    expect((await plan(deployed, prod, { 'us-east-1/prospectus-prod-storage': storage })).changes).toEqual([
      'A stage whose first deployment did not end: its tables exist, and nothing runs yet.',
    ])
  })

  it('refuses credentials of another account than that of the stage file', async () => {
    const aws = createAws({}, '999999999999')
    expect((await planDeployment(prod, parse(buildTemplates(deployed)), toAws(aws))).refusals).toEqual([
      'The credentials are of account 999999999999, but stages/prod.json says 111122223333. Choose another AWS_PROFILE.',
    ])
  })

  describe('of restored tables', () => {
    const restored = 'prospectus-prod-storage-Leads-20261128T140000Z'
    const settings = { ...prod, stage: { ...prod.stage, restoredTables: { leads: restored } } }
    const planSwitch = async (before: StageParts, tables: { [name: string]: Partial<TableState> }) => {
      const aws = toAws(createAws(toStacks(buildTemplates({ ...deployed, ...before }))), tables)
      const after = buildTemplates({ ...deployed, ...before, leadsTable: restored })
      return planDeployment(settings, parse(after), aws)
    }

    it('switches to tables that exist and are protected, in maintenance, and says so', async () => {
      const { refusals, changes } = await planSwitch({ maintenance: 'on' }, { [restored]: {} })
      expect(refusals).toEqual([])
      expect(changes).toContain(
        `Tables: that of the storage stack and that of the storage stack -> that of the storage stack and ${restored}`,
      )
    })

    it('refuses to switch, and to switch back, while the stage accepts writes', async () => {
      const refusal = expect.stringMatching(
        /would use other tables.*Deploy "maintenance": "on" in stages\/prod.json first/,
      )
      expect((await planSwitch({}, { [restored]: {} })).refusals).toEqual([refusal])
      const back = await plan(deployed, prod, toStacks(buildTemplates({ ...deployed, leadsTable: restored })))
      expect(back.refusals).toEqual([refusal])
    })

    it.each<[string, { [name: string]: Partial<TableState> }, string]>([
      ['do not exist', {}, 'does not exist.'],
      ['are still being restored', { [restored]: { isActive: false } }, 'is still being restored.'],
      ['have no recovery', { [restored]: { window: undefined } }, 'is not protected.'],
      [
        'have no deletion protection',
        { [restored]: { settings: { ...aTable.settings, hasDeletionProtection: false } } },
        'is not protected.',
      ],
    ])('refuses tables that %s', async (_, tables, message) => {
      const { refusals } = await planSwitch({ maintenance: 'on' }, tables)
      expect(refusals).toEqual([
        expect.stringContaining(`tables.leads of stages/prod.json is ${restored}, which ${message}`),
      ])
    })
  })

  it.each([
    ['UPDATE_IN_PROGRESS', 'another deployment is running. Wait until it has ended.'],
    ['UPDATE_ROLLBACK_FAILED', 'continue-update-rollback --region us-east-1 --stack-name prospectus-prod-service'],
  ])('refuses a stack that is %s, and says what to do', async (status, message) => {
    const stacks = toStacks(buildTemplates(deployed))
    const service = { template: buildTemplates(deployed).service, status }
    const { refusals } = await plan(deployed, prod, { ...stacks, 'us-east-1/prospectus-prod-service': service })
    expect(refusals).toEqual([expect.stringContaining(message)])
  })

  it('deletes the edge that was switched off, and says so', async () => {
    const { service, storage } = parse(buildTemplates(deployed))
    const settings = { ...prod, hasEdge: false }
    const result = await planDeployment(
      settings,
      { service, storage },
      toAws(createAws(toStacks(buildTemplates(deployed)))),
    )
    expect(result.edgesToDelete).toEqual([{ name: 'prospectus-prod-edge-us-east-1', region: 'us-east-1' }])
    expect(result.changes).toContain('Public address: https://leads.acme.org -> ApiUrl, without edge and firewall')
    expect(result.refusals).toEqual([])
  })

  it('replaces an edge from before its region was part of its name', async () => {
    const { 'us-east-1/prospectus-prod-edge-us-east-1': edge, ...others } = toStacks(buildTemplates(deployed))
    const stacks = { ...others, ...(edge && { 'us-east-1/prospectus-prod-edge': edge }) }
    expect((await plan(deployed, prod, stacks)).edgesToDelete).toEqual([
      { name: 'prospectus-prod-edge', region: 'us-east-1' },
    ])
  })
})

describe('the arguments of a deployment', () => {
  it.each([
    [['dev'], { stage: 'dev', context: {}, cdkOptions: [], asks: true }],
    [['-c', 'stage=dev'], { stage: 'dev', context: {}, cdkOptions: [], asks: true }],
    [['--all', '-c', 'stage=dev'], { stage: 'dev', cdkOptions: [] }],
    [
      [
        '-c',
        'stage=dev',
        '-c',
        'edge=off',
        '--context=mailFrom=a@b.org',
        '--require-approval',
        'never',
        '--outputs-file',
        'x',
      ],
      {
        stage: 'dev',
        context: { edge: 'off', mailFrom: 'a@b.org' },
        cdkOptions: ['--require-approval', 'never', '--outputs-file', 'x'],
        asks: false,
      },
    ],
    [['dev', '--yes'], { asks: false, cdkOptions: ['--require-approval', 'never'] }],
    [['dev', '--yes', '--require-approval=never'], { asks: false, cdkOptions: ['--require-approval=never'] }],
  ])('of %j', (argv, expected) => {
    expect(parseDeployArguments(argv)).toMatchObject(expected)
  })

  it.each([[[]], [['--require-approval', 'never']], [['dev', '-c', 'stage=prod']]])('are refused: %j', (argv) => {
    expect(() => parseDeployArguments(argv)).toThrow('Name one stage, as in: npm run deploy -- dev.')
  })

  it('of a destruction ask nothing with --yes, as the CDK does with --force', () => {
    expect(parseDeployArguments(['dev', '--yes'], 'destroy').cdkOptions).toEqual(['--force'])
    expect(parseDeployArguments(['dev', '--force'], 'destroy').cdkOptions).toEqual(['--force'])
  })

  it('of a destruction name its command if they are refused', () => {
    expect(() => parseDeployArguments([], 'destroy')).toThrow('Name one stage, as in: npm run destroy -- dev.')
  })
})

describe('npm run destroy', () => {
  it.each<[string[], number, RegExp]>([
    [[], 2, /^Name one stage, as in: npm run destroy -- dev\./],
    [
      ['prod', '-c', `stageFolder=${sampleFolder}`],
      1,
      /^Nothing was destroyed: stages\/prod\.json says that prod is for production\./,
    ],
    [['production'], 2, /^There is no stage "production"\./],
  ])('refuses %j before it calls AWS or the CDK', (args, code, message) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['cli/destroy.ts', ...args], { encoding: 'utf8' })
    expect([status, stdout]).toEqual([code, ''])
    expect(stderr).toMatch(message)
  })
})
