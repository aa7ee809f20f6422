import { describe, expect, it } from 'vitest'
import { compareTemplates, findDataLosses } from '#cli/deploy/compare-templates.ts'
import { replacingProperties } from '#cli/deploy/replacing-properties.ts'
import { parseTemplate } from '#cli/deploy/stack-template.ts'
import type { StageFile } from '#infra/stage-file.ts'
import { getStackNames } from '#infra/stage-names.ts'
import { readSample, synthesize } from './synthesize.ts'
import { type Deployment, deployStack, findNameConflicts, listTypes } from './templates/deploy-on-paper.ts'

type Overrides = Partial<StageFile>
const domain = {
  domainName: 'leads.prospectus-college.org',
  certificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/one',
}
/** Each setting in two states. */
const settings: { [setting: string]: [Overrides, Overrides] } = {
  edge: [{ edge: 'on' }, { edge: 'off' }],
  domain: [{}, domain],
  retentionDays: [{ retentionDays: 1095 }, { retentionDays: 'never' }],
  mailFrom: [{}, { mailFrom: 'other@prospectus-college.org' }],
  alarmEmails: [{}, { alarmEmails: ['a@prospectus-college.org', 'b@prospectus-college.org'] }],
  maintenance: [{ maintenance: 'off' }, { maintenance: 'on' }],
  tables: [{ tables: {} }, { tables: { catalog: 'restored-catalog', leads: 'restored-leads' } }],
  oidc: [
    {},
    {
      oidc: { issuer: 'https://login.prospectus-college.org', clientId: 'prospectus' },
      publicUrl: 'https://leads.prospectus-college.org',
    },
  ],
  secondFactor: [{ secondFactor: 'optional' }, { secondFactor: 'owners' }],
  edgeEdition: [{ edgeEdition: '1' }, { edgeEdition: '2' }],
  sizes: [
    { sizes: {} },
    {
      sizes: {
        requestsPerSecond: 30,
        burst: 5,
        concurrentDeliveries: 9,
        captureConcurrency: 'unreserved',
        logRetentionDays: 30,
        earlyQueue: 'off',
        tracing: 'on',
        dashboard: 'off',
      },
    },
  ],
}
const regions = ['us-east-1', 'eu-west-1']

const stagesByText = new Map<string, Deployment>()
/** The stacks of a stage in the order of `cdk deploy --all`, by `region/name`. */
function buildStage(overrides: Overrides): Deployment {
  const key = JSON.stringify(overrides)
  const stage = stagesByText.get(key) ?? synthesizeStage(overrides)
  stagesByText.set(key, stage)
  return stage
}
function synthesizeStage(overrides: Overrides): Deployment {
  const sample = readSample('prod', overrides)
  const { storage, service, edge } = synthesize(sample)
  const names = getStackNames(sample.stage)
  return new Map([
    [`${sample.stage.region}/${names.storage}`, parseTemplate(storage.text)],
    [`${sample.stage.region}/${names.service}`, parseTemplate(service.text)],
    ...(edge ? ([[`us-east-1/${names.edge}`, parseTemplate(edge.text)]] as const) : []),
  ])
}

/** Deploys each stage after the other over what is deployed, as CloudFormation would, and returns what it refuses. */
function deployInTurn(...stages: Deployment[]): string[] {
  const deployed: Deployment = new Map()
  return stages.flatMap((stage) =>
    [...stage].flatMap(([stack, template]) => {
      const before = deployed.get(stack)
      return [
        ...deployStack(deployed, stack, template),
        ...(before ? findDataLosses(compareTemplates(before, template)) : []),
      ]
    }),
  )
}

/** Only what concerns the edge depends on whether its stacks are in one region. */
const settingsByRegion = { 'us-east-1': Object.keys(settings), 'eu-west-1': ['edge', 'domain'] }

describe.each(Object.entries(settingsByRegion))('in %s, each change of a setting deploys', (region, names) => {
  it.each(names)('%s, and back, and again', (setting) => {
    const [one, other] = (settings[setting] ?? []).map((overrides) => buildStage({ region, ...overrides }))
    if (!one || !other) throw new Error(`${setting} has no two states.`)
    expect(deployInTurn(one, other, one, other)).toEqual([])
    expect(deployInTurn(other, one, other, one)).toEqual([])
    expect([...one]).not.toEqual([...other])
  })

  it('a domain while the edge is off, which changes nothing', () => {
    const off = buildStage({ region, edge: 'off' })
    const offWithDomain = buildStage({ region, edge: 'off', ...domain })
    const on = buildStage({ region, ...domain })
    expect([...offWithDomain]).toEqual([...off])
    expect(deployInTurn(on, offWithDomain, off, on, buildStage({ region }))).toEqual([])
  })

  it('the edge, whose stack can be deleted while it is off and comes back', () => {
    const [on, off] = [buildStage({ region }), buildStage({ region, edge: 'off' })]
    const deployed: Deployment = new Map()
    const deploy = (stage: Deployment) =>
      [...stage].flatMap(([stack, template]) => deployStack(deployed, stack, template))
    expect(deploy(on)).toEqual([])
    expect(deploy(off)).toEqual([])
    // CloudFormation deletes a stack only if no other imports from it.
    expect(deployStack(deployed, `us-east-1/prospectus-prod-edge-${region}`, undefined)).toEqual([])
    expect(deployed.size).toBe(2)
    expect(deploy(on)).toEqual([])
    expect(deployed.size).toBe(3)
  })
})

it('calls are traced only if the stage says so', () => {
  const [calm, traced] = (settings.sizes ?? []).map((overrides) => JSON.stringify([...buildStage(overrides)]))
  expect([calm, traced].map((text) => /"TracingConfig":\{"Mode":"Active"\}/.test(text ?? ''))).toEqual([false, true])
})

describe('the same stage in two regions', () => {
  it('stands side by side: no stack and no name is the same', () => {
    const both = regions.map((region) => buildStage({ region }))
    expect(new Set(both.flatMap((stage) => [...stage.keys()])).size).toBe(6)
    expect(findNameConflicts(both)).toEqual([])
    const deployed: Deployment = new Map()
    for (const stage of both)
      for (const [stack, template] of stage) expect(deployStack(deployed, stack, template)).toEqual([])
  })

  it('and two stages in one region', () => {
    const dev = new Map(
      Object.entries(synthesizedDev()).map(([stack, template]) => [`us-east-1/${stack}`, template] as const),
    )
    expect(findNameConflicts([buildStage({ region: 'us-east-1' }), dev])).toEqual([])
  })
})

function synthesizedDev() {
  const sample = readSample('dev')
  const { storage, service, edge } = synthesize(sample)
  const names = getStackNames(sample.stage)
  return {
    [names.storage]: parseTemplate(storage.text),
    [names.service]: parseTemplate(service.text),
    [names.edge]: parseTemplate(edge?.text ?? '{}'),
  }
}

it('knows which properties replace every resource type of the stacks', () => {
  const types = regions.flatMap((region) => [...buildStage({ region }).values()].flatMap(listTypes))
  const unknown = [...new Set(types)].filter((type) => !(type in replacingProperties) && !type.startsWith('Custom::'))
  expect(unknown).toEqual([])
})

describe('a deployment on paper', () => {
  const stack = (resources: object, outputs: object = {}) =>
    parseTemplate(JSON.stringify({ Resources: resources, Outputs: outputs }))
  const exported = (value: string) => ({ Out: { Value: value, Export: { Name: 'the-export' } } })
  const importer = stack({ A: { Type: 'AWS::SQS::Queue', Properties: { Tag: { 'Fn::ImportValue': 'the-export' } } } })
  const weakReader = stack({
    A: {
      Type: 'AWS::SQS::Queue',
      Properties: { Tag: { 'Fn::GetStackOutput': { StackName: 'one', OutputName: 'Out', Region: 'r' } } },
    },
  })
  const named = (name: string, scope: string) =>
    stack({ Acl: { Type: 'AWS::WAFv2::WebACL', Properties: { Name: name, Scope: scope } } })

  it.each<[string, Deployment[], RegExp]>([
    [
      'an export that is removed while it is imported',
      [
        new Map([
          ['r/one', stack({}, exported('x'))],
          ['r/two', importer],
        ]),
        new Map([['r/one', stack({})]]),
      ],
      /cannot remove export the-export, which r\/two imports/,
    ],
    [
      'an export that is changed while it is imported',
      [
        new Map([
          ['r/one', stack({}, exported('x'))],
          ['r/two', importer],
        ]),
        new Map([['r/one', stack({}, exported('y'))]]),
      ],
      /cannot change export the-export/,
    ],
    ['an import of nothing', [new Map([['r/two', importer]])], /imports the-export, which is not exported/],
    [
      'an import of another region',
      [
        new Map([
          ['s/one', stack({}, exported('x'))],
          ['r/two', importer],
        ]),
      ],
      /not exported/,
    ],
    [
      'an output that does not exist',
      [new Map([['r/two', weakReader]])],
      /reads output Out of r\/one, which does not exist/,
    ],
    [
      'the replacement of a resource that keeps its own name',
      [new Map([['r/one', named('acl', 'REGIONAL')]]), new Map([['r/one', named('acl', 'CLOUDFRONT')]])],
      /cannot replace Acl, which has the name "acl"/,
    ],
  ])('refuses %s', (_, stages, message) => {
    expect(deployInTurn(...stages)).toEqual([expect.stringMatching(message)])
  })

  it('finds a name that two stacks of an account share', () => {
    const dashboard = stack({ D: { Type: 'AWS::CloudWatch::Dashboard', Properties: { DashboardName: 'x' } } })
    expect(findNameConflicts([new Map([['r/one', dashboard]]), new Map([['s/one', dashboard]])])).toEqual([
      'AWS::CloudWatch::Dashboard "x" of s/one exists in r/one',
    ])
  })
})
