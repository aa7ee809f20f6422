import { describe, expect, it } from 'vitest'
import { findSchemaErrors } from './find-schema-errors.ts'
import { findExceeded, limits } from './limits.ts'
import { findDanglingReferences, findInvalidSchedules, findKeyDefinitionErrors } from './references.ts'
import { measureJson, type Template, template } from './template.ts'

const queue = { Type: 'AWS::SQS::Queue', Properties: { VisibilityTimeout: 30 } }
const stack = (Resources: object, Outputs: object = {}): Template => template.parse({ Resources, Outputs })

describe('whoever reads templates as CloudFormation does', () => {
  it('finds nothing wrong with what is sound', () => {
    const validStack = stack({ Queue: queue }, { Url: { Value: { Ref: 'Queue' } } })
    expect([
      ...findSchemaErrors(validStack),
      ...findDanglingReferences(validStack, []),
      ...limits.flatMap((limit) => findExceeded(limit, validStack)),
    ]).toEqual([])
  })

  it.each([
    [{ Type: 'AWS::SQS::Cue' }, 'no resource is a AWS::SQS::Cue'],
    [{ Type: 'AWS::SQS::Queue', Properties: { Visibility: 30 } }, 'Visibility is not known'],
    [{ Type: 'AWS::SQS::Queue', Properties: { VisibilityTimeout: 'soon' } }, 'is not a whole number'],
    [{ Type: 'AWS::SQS::Queue', Properties: { Tags: { a: 'b' } } }, 'is not a list'],
    [{ Type: 'AWS::WAFv2::WebACL', Properties: { Scope: 'GLOBAL' } }, 'is not one of CLOUDFRONT, REGIONAL'],
    [{ Type: 'AWS::Lambda::Function', Properties: { Code: {} } }, 'Role is missing'],
    [
      { Type: 'AWS::Lambda::Function', Properties: { Code: {}, Role: 'r', Timeout: { s: 3 } } },
      'is not a whole number',
    ],
    [
      { Type: 'AWS::Lambda::Permission', Properties: { FunctionName: { 'Fn::GetAtt': ['Queue', 'Name'] } } },
      'it has no attribute Name',
    ],
  ])('sees that %j does not fit', (resource, fault) => {
    expect(findSchemaErrors(stack({ Queue: queue, One: resource })).join('\n')).toContain(fault)
  })

  it.each([
    [{ Ref: 'Gone' }],
    [{ 'Fn::GetAtt': ['Gone', 'Arn'] }],
    [{ 'Fn::Sub': `arn:\${AWS::Partition}:sqs:\${Gone.Arn}` }],
    [{ 'Fn::Join': ['', ['a', { Ref: 'Gone' }]] }],
    [{ 'Fn::ImportValue': 'Gone' }],
  ])('sees that %j points at nothing', (value) => {
    const danglingQueue = { ...queue, Properties: { QueueName: value } }
    expect(findDanglingReferences(stack({ Queue: danglingQueue }), [])).toEqual(['nothing is called Gone'])
  })

  it('sees what another stack exports, and what is waited for', () => {
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
  ])('sees that a table has keys %j and defines %j', (keys, defined) => {
    const toAttributes = (names: string[]) => names.map((AttributeName) => ({ AttributeName }))
    const Properties = { KeySchema: toAttributes(keys), AttributeDefinitions: toAttributes(defined) }
    expect(findKeyDefinitionErrors(stack({ Table: { Type: 'AWS::DynamoDB::Table', Properties } }))).toHaveLength(1)
  })

  it.each(['rate(1 minutes)', 'rate(5 minute)', 'rate(30 seconds)', 'every minute', 'cron(0 * * *)'])(
    'sees that no clock reads %s',
    (ScheduleExpression) => {
      const aScheduledRule = (expression: string) =>
        stack({ Rule: { Type: 'AWS::Events::Rule', Properties: { ScheduleExpression: expression } } })
      expect(findInvalidSchedules(aScheduledRule(ScheduleExpression))).toEqual([ScheduleExpression])
      expect(findInvalidSchedules(aScheduledRule('rate(1 minute)'))).toEqual([])
    },
  )

  it('takes all policies of a role together, with the names that a deployment puts into them', () => {
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
