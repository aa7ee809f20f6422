import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { compareTemplates, findDataLosses } from '#cli/deploy/compare-templates.ts'
import { replacingProperties, statefulTypes } from '#cli/deploy/replacing-properties.ts'
import { parseTemplate } from '#cli/deploy/stack-template.ts'

type Resources = { [id: string]: { Type: string; Properties?: object } }
const compare = (before: Resources, after: Resources) =>
  compareTemplates(
    parseTemplate(JSON.stringify({ Resources: before })),
    parseTemplate(JSON.stringify({ Resources: after })),
  )
const table = (properties: object = {}) => ({
  Type: 'AWS::DynamoDB::Table',
  Properties: { KeySchema: ['pk'], ...properties },
})
const secret = (properties: object = {}) => ({ Type: 'AWS::SecretsManager::Secret', Properties: properties })

describe('comparing templates', () => {
  it('finds nothing if nothing changed, whatever the order of properties', () => {
    const reordered = { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 'a', KeySchema: ['pk'] } }
    expect(compare({ Leads: table({ TableName: 'a' }) }, { Leads: reordered })).toEqual([])
  })

  it.each<[string, Resources, Resources, object[]]>([
    ['added', {}, { Leads: table() }, [{ id: 'Leads', kind: 'added' }]],
    ['removed', { Leads: table() }, {}, [{ id: 'Leads', kind: 'removed' }]],
    [
      'changed in place',
      { Leads: table() },
      { Leads: table({ Tags: [] }) },
      [{ kind: 'changed', properties: ['Tags'] }],
    ],
    [
      'replaced',
      { Leads: table() },
      { Leads: table({ TableName: 'b' }) },
      [{ kind: 'replaced', properties: ['TableName'] }],
    ],
    [
      'replaced by another type',
      { A: table() },
      { A: secret() },
      [{ id: 'A', kind: 'replaced', properties: ['Type'] }],
    ],
  ])('says that a resource is %s', (_, before, after, changes) => {
    expect(compare(before, after)).toMatchObject(changes)
    expect(compare(before, after)).toHaveLength(1)
  })

  it('follows a replacement to what has its name, and no further than to properties that replace', () => {
    const others = {
      Sub: { Type: 'AWS::SNS::Subscription', Properties: { TopicArn: { Ref: 'Topic' } } },
      Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: { AlarmActions: [{ Ref: 'Topic' }] } },
    }
    const topic = (name: string) => ({ Type: 'AWS::SNS::Topic', Properties: { TopicName: name } })
    const changes = compare({ Topic: topic('a'), ...others }, { Topic: topic('b'), ...others })
    expect(changes.map(({ id, kind }) => [id, kind])).toEqual([
      ['Topic', 'replaced'],
      ['Sub', 'replaced'],
    ])
  })
})

describe('losses of data', () => {
  const losses = (before: Resources, after: Resources) => findDataLosses(compare(before, after))

  it.each<[string, Resources, Resources, RegExp]>([
    ['a deleted table', { Leads: table() }, {}, /^table Leads would be deleted/],
    ['a renamed table', { Leads: table() }, { Leads2: table() }, /^table Leads would be deleted/],
    [
      'a table with other keys',
      { Leads: table() },
      { Leads: table({ KeySchema: ['id'] }) },
      /would be replaced by an empty one \(KeySchema differs\)/,
    ],
    [
      'a secret that is made anew',
      { Root: secret({ GenerateSecretString: 64 }) },
      { Root: secret({ GenerateSecretString: 128 }) },
      /^secret Root would lose its content/,
    ],
    ['a deleted key', { Key: { Type: 'AWS::KMS::Key' } }, {}, /^encryption key Key would be deleted/],
    [
      'a key of another kind',
      { Key: { Type: 'AWS::KMS::Key' } },
      { Key: { Type: 'AWS::KMS::Key', Properties: { MultiRegion: true } } },
      /would lose its content \(MultiRegion/,
    ],
  ])('are refused: %s', (_, before, after, message) => {
    expect(losses(before, after)).toEqual([expect.stringMatching(message)])
  })

  it('are none if a table is added or changed in place, a secret is described differently, or a queue is replaced', () => {
    const queue = (name: string) => ({ Type: 'AWS::SQS::Queue', Properties: { QueueName: name } })
    expect(
      losses(
        { Leads: table(), Root: secret({ Description: 'a' }), Queue: queue('a') },
        {
          Leads: table({ DeletionProtectionEnabled: true }),
          New: table(),
          Root: secret({ Description: 'b' }),
          Queue: queue('b'),
        },
      ),
    ).toEqual([])
  })
})

describe('the list of replacing properties', () => {
  // The specification of AWS, as the CDK CLI uses it for `cdk diff`.
  const specification = z
    .object({
      schema: z.object({
        resource: z.object({
          entities: z.array(
            z.object({
              cloudFormationType: z.string(),
              properties: z.record(z.string(), z.object({ causesReplacement: z.string().optional() })),
            }),
          ),
        }),
      }),
    })
    .parse(
      JSON.parse(
        gunzipSync(readFileSync(new URL('../../../node_modules/aws-cdk/db.json.gz', import.meta.url))).toString(),
      ),
    )
  const entities = new Map(specification.schema.resource.entities.map((entity) => [entity.cloudFormationType, entity]))

  it.each(Object.keys(replacingProperties))('is that of AWS for %s', (type) => {
    const expected = Object.entries(entities.get(type)?.properties ?? {}).flatMap(([name, { causesReplacement }]) =>
      causesReplacement === 'yes' || causesReplacement === 'maybe' ? [name] : [],
    )
    expect(entities.has(type)).toBe(true)
    expect(replacingProperties[type]?.toSorted()).toEqual(expected.toSorted())
  })

  it('contains every stateful type, whose losing properties exist', () => {
    for (const [type, { losingProperties }] of Object.entries(statefulTypes)) {
      expect(replacingProperties).toHaveProperty([type])
      expect(Object.keys(entities.get(type)?.properties ?? {})).toEqual(expect.arrayContaining([...losingProperties]))
    }
  })
})
