import { at, intrinsicOf, lengthOf, type Resource, sum, type Template } from './template.ts'

/** What AWS takes at most, as its pages on quotas say in 2026. `sizes` are those that a template would need. */
export type Limit = { what: string; most: number; sizes: (template: Template) => number[] }

/** Whatever a synth lets pass and a deployment does not. */
export const limits: readonly Limit[] = [
  whole('resources of a stack', 500, ({ Resources }) => Object.keys(Resources).length),
  whole('outputs of a stack', 200, ({ Outputs }) => Object.keys(Outputs).length),
  whole('characters of the description of a stack', 1024, ({ Description }) => Description.length),
  whole('bytes of a template', 1_000_000, (template) => Buffer.byteLength(JSON.stringify(template))),
  {
    what: 'characters of all inline policies of a role',
    most: 10_240,
    sizes: ({ Resources }) => {
      const policies = of(Resources, 'IAM::Policy')
      const roles = new Set(policies.map(({ Properties }) => JSON.stringify(Properties.Roles)))
      return [...roles].map((role) =>
        sum(
          policies.flatMap(({ Properties }) =>
            JSON.stringify(Properties.Roles) === role ? [lengthOf(Properties.PolicyDocument)] : [],
          ),
        ),
      )
    },
  },
  {
    what: 'characters of the policy of a Lambda, by which others may call it',
    most: 20_480,
    sizes: ({ Resources }) => {
      const callable = of(Resources, 'Lambda::Permission').map(({ Properties }) => Properties)
      const names = new Set(callable.map(({ FunctionName }) => JSON.stringify(FunctionName)))
      // Around what a permission says there is a statement of about 250 characters.
      const length = (properties: object) => lengthOf(properties) + 250
      return [...names].map((name) =>
        sum(callable.filter((one) => JSON.stringify(one.FunctionName) === name).map(length)),
      )
    },
  },
  each('Lambda::Function', 'bytes of the environment of a Lambda', 4096, ({ Environment }) =>
    sum(at(Environment, 'Variables').flatMap(namesAndValues)),
  ),
  ...lengths('Lambda::Function', 'Description', 256),
  each('IAM::Role', 'characters of who may take a role', 2048, (one) => lengthOf(one.AssumeRolePolicyDocument)),
  whole('routes of an HTTP API', 300, ({ Resources }) => of(Resources, 'ApiGatewayV2::Route').length),
  whole('integrations of an HTTP API', 300, ({ Resources }) => of(Resources, 'ApiGatewayV2::Integration').length),
  ...lengths('ApiGatewayV2::Api', 'Name', 128),
  count('DynamoDB::Table', 'GlobalSecondaryIndexes.*', 20),
  each('DynamoDB::Table', 'attributes that one index of a table carries', 20, (table) =>
    Math.max(
      0,
      ...at(table, 'GlobalSecondaryIndexes.*.Projection.NonKeyAttributes').map((names) => at(names, '*').length),
    ),
  ),
  count('DynamoDB::Table', 'GlobalSecondaryIndexes.*.Projection.NonKeyAttributes.*', 100),
  ...lengths('KMS::Key', 'Description', 8192),
  each('KMS::Key', 'characters of the policy of a key', 32_768, ({ KeyPolicy }) => lengthOf(KeyPolicy)),
  ...lengths('SecretsManager::Secret', 'Description', 2048),
  ...lengths('CloudWatch::Alarm', 'AlarmDescription', 1024),
  count('CloudWatch::Alarm', 'Metrics.*', 10),
  count('CloudWatch::Alarm', 'Dimensions.*', 30),
  count('CloudWatch::Alarm', 'AlarmActions.*', 5),
  each('CloudWatch::Alarm', 'seconds that an alarm looks back', 86_400, (alarm) => {
    const periods = [...at(alarm, 'Period'), ...at(alarm, 'Metrics.*.MetricStat.Period')].map(Number)
    return Math.max(0, ...periods) * Number(alarm.EvaluationPeriods)
  }),
  count('Events::Rule', 'Targets.*', 5),
  each('SQS::Queue', 'seconds that a queue hides a message', 43_200, (queue) => Number(queue.VisibilityTimeout ?? 0)),
  each('SQS::Queue', 'seconds that a queue keeps a message', 1_209_600, (one) =>
    Number(one.MessageRetentionPeriod ?? 0),
  ),
  ...lengths('Logs::DeliverySource', 'Name', 60),
  ...lengths('Logs::DeliveryDestination', 'Name', 60),
  each('S3::BucketPolicy', 'bytes of the policy of a bucket', 20_480, (one) => lengthOf(one.PolicyDocument)),

  // Of an account, whatever its stages: two of them must find room.
  whole('cache policies', 20 / 2, ({ Resources }) => of(Resources, 'CloudFront::CachePolicy').length),
  whole('origin request policies', 20 / 2, ({ Resources }) => of(Resources, 'CloudFront::OriginRequestPolicy').length),
  ...['HeadersConfig.Headers', 'QueryStringsConfig.QueryStrings'].map((keyed) =>
    count('CloudFront::CachePolicy', `CachePolicyConfig.ParametersInCacheKeyAndForwardedToOrigin.${keyed}.*`, 10),
  ),
  count('CloudFront::OriginRequestPolicy', 'OriginRequestPolicyConfig.HeadersConfig.Headers.*', 10),
  count('CloudFront::Distribution', 'DistributionConfig.CacheBehaviors.*', 25),
  count('CloudFront::Distribution', 'DistributionConfig.Origins.*', 25),
  count('CloudFront::Distribution', 'DistributionConfig.Origins.*.OriginCustomHeaders.*', 10),
  ...lengths('CloudFront::Distribution', 'DistributionConfig.Comment', 128),
  ...lengths('CloudFront::CachePolicy', 'CachePolicyConfig.Name', 128),
  ...lengths('WAFv2::WebACL', 'Description', 256),
  each('WAFv2::WebACL', 'units of a firewall before it costs more', 1500, ({ Rules }) =>
    sum(at(Rules, '*.Statement').map(unitsOf)),
  ),
  ...lengths('WAFv2::WebACL', 'CustomResponseBodies.*.Content', 4096),
]

/** What is beyond a limit in a template. */
export function beyond({ what, most, sizes }: Limit, template: Template): string[] {
  return sizes(template).flatMap((size) => (size > most ? [`${size} ${what}; ${most} are the most`] : []))
}

function of(resources: Template['Resources'], type: string): Resource[] {
  return Object.values(resources).filter(({ Type }) => Type === `AWS::${type}`)
}

function whole(what: string, most: number, size: (template: Template) => number): Limit {
  return { what, most, sizes: (template) => [size(template)] }
}

function each(type: string, what: string, most: number, size: (properties: Resource['Properties']) => number): Limit {
  return { what, most, sizes: ({ Resources }) => of(Resources, type).map(({ Properties }) => size(Properties)) }
}

function count(type: string, path: string, most: number): Limit {
  return each(type, `${path} of ${type}`, most, (properties) => at(properties, path).length)
}

function lengths(type: string, path: string, most: number): Limit[] {
  const length = (text: unknown) => (intrinsicOf(text) ? lengthOf(text) : String(text).length)
  return [
    each(type, `characters of ${path} of ${type}`, most, (properties) =>
      Math.max(0, ...at(properties, path).map(length)),
    ),
  ]
}

function namesAndValues(variables: unknown): number[] {
  return Object.entries(variables ?? {}).map(([name, value]) => name.length + lengthOf(value))
}

// As AWS's page on its managed rule groups counts them; a rule of our own counts a few.
const units: { [group: string]: number } = {
  AWSManagedRulesAmazonIpReputationList: 25,
  AWSManagedRulesKnownBadInputsRuleSet: 200,
  AWSManagedRulesCommonRuleSet: 700,
}

function unitsOf(statement: unknown): number {
  const [group] = at(statement, 'ManagedRuleGroupStatement.Name').map(String)
  const scoped = at(statement, 'ManagedRuleGroupStatement.ScopeDownStatement').length * 10
  return (group === undefined ? 10 : (units[group] ?? Number.POSITIVE_INFINITY)) + scoped
}
