import { describe, expect, it } from 'vitest'
import { findExceeded, limits } from './limits.ts'
import { findDanglingReferences, findInvalidSchedules, findKeyDefinitionErrors } from './references.ts'
import { measureJson, type Template, template } from './template.ts'

const queue = { Type: 'AWS::SQS::Queue', Properties: { VisibilityTimeout: 30 } }
const stack = (Resources: object, Outputs: object = {}): Template => template.parse({ Resources, Outputs })

describe('template checks', () => {
  it('accept a valid template', () => {
    const validStack = stack({ Queue: queue }, { Url: { Value: { Ref: 'Queue' } } })
    expect([
      ...findDanglingReferences(validStack, []),
      ...limits.flatMap((limit) => findExceeded(limit, validStack)),
    ]).toEqual([])
  })

  it.each([
    [{ Ref: 'Gone' }],
    [{ 'Fn::GetAtt': ['Gone', 'Arn'] }],
    [{ 'Fn::Sub': `arn:\${AWS::Partition}:sqs:\${Gone.Arn}` }],
    [{ 'Fn::Join': ['', ['a', { Ref: 'Gone' }]] }],
    [{ 'Fn::ImportValue': 'Gone' }],
  ])('detects: %j refers to nothing', (value) => {
    const danglingQueue = { ...queue, Properties: { QueueName: value } }
    expect(findDanglingReferences(stack({ Queue: danglingQueue }), [])).toEqual(['nothing is called Gone'])
  })

  it('resolve exports of other stacks and check DependsOn', () => {
    const exportingStack = stack({}, { Out: { Value: 'x', Export: { Name: 'There' } } })
    const importingStack = stack({ Queue: { ...queue, Properties: { QueueName: { 'Fn::ImportValue': 'There' } } } })
    expect(findDanglingReferences(importingStack, [exportingStack, importingStack])).toEqual([])
    expect(findDanglingReferences(stack({ Queue: { ...queue, DependsOn: 'Gone' } }), [])).toEqual([
      'nothing is called Gone',
    ])
  })

  it.each([
    [['pk', 'sk'], ['pk']],
    [['pk'], ['pk', 'colour']],
  ])('detects: a table has keys %j and defines %j', (keys, defined) => {
    const toAttributes = (names: string[]) => names.map((AttributeName) => ({ AttributeName }))
    const Properties = { KeySchema: toAttributes(keys), AttributeDefinitions: toAttributes(defined) }
    expect(findKeyDefinitionErrors(stack({ Table: { Type: 'AWS::DynamoDB::Table', Properties } }))).toHaveLength(1)
  })

  it.each(['rate(1 minutes)', 'rate(5 minute)', 'rate(30 seconds)', 'every minute', 'cron(0 * * *)'])(
    'detects: %s is not a valid schedule',
    (ScheduleExpression) => {
      const aScheduledRule = (expression: string) =>
        stack({ Rule: { Type: 'AWS::Events::Rule', Properties: { ScheduleExpression: expression } } })
      expect(findInvalidSchedules(aScheduledRule(ScheduleExpression))).toEqual([ScheduleExpression])
      expect(findInvalidSchedules(aScheduledRule('rate(1 minute)'))).toEqual([])
    },
  )

  it('add up all policies of a role, with the length of resolved names', () => {
    const Statement = Array.from({ length: 40 }, () => ({
      Effect: 'Allow',
      Resource: { 'Fn::GetAtt': ['Queue', 'Arn'] },
    }))
    const policy = { Type: 'AWS::IAM::Policy', Properties: { Roles: [{ Ref: 'Role' }], PolicyDocument: { Statement } } }
    const findFaults = (candidate: Template) => limits.flatMap((limit) => findExceeded(limit, candidate)).join('\n')
    expect(measureJson(policy.Properties.PolicyDocument)).toBeGreaterThan(5_120)
    expect(findFaults(stack({ One: policy }))).toBe('')
    expect(findFaults(stack({ One: policy, Two: policy }))).toContain('characters of all inline policies of a role')
  })
})
