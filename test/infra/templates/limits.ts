import { measureJson, parseIntrinsic, type Resource, selectPath, sum, type Template } from './template.ts'

/** What AWS takes at most, as its pages on quotas say in 2026. `sizes` are those that a template would need. */
export type TemplateLimit = { what: string; most: number; sizes: (template: Template) => number[] }

/** Whatever a synth lets pass and a deployment does not. */
export const limits: readonly TemplateLimit[] = [
  limitTemplate('resources of a stack', 500, ({ Resources }) => Object.keys(Resources).length),
  limitTemplate('outputs of a stack', 200, ({ Outputs }) => Object.keys(Outputs).length),
  limitTemplate('characters of the description of a stack', 1024, ({ Description }) => Description.length),
  limitTemplate('bytes of a template', 1_000_000, (template) => Buffer.byteLength(JSON.stringify(template))),
  {
    what: 'characters of all inline policies of a role',
    most: 10_240,
    sizes: ({ Resources }) => {
      const policies = listResources(Resources, 'IAM::Policy')
      const roles = new Set(policies.map(({ Properties }) => JSON.stringify(Properties.Roles)))
      return [...roles].map((role) =>
        sum(
          policies.flatMap(({ Properties }) =>
            JSON.stringify(Properties.Roles) === role ? [measureJson(Properties.PolicyDocument)] : [],
          ),
        ),
      )
    },
  },
  {
    what: 'characters of the policy of a Lambda, by which others may call it',
    most: 20_480,
    sizes: ({ Resources }) => {
      const callable = listResources(Resources, 'Lambda::Permission').map(({ Properties }) => Properties)
      const names = new Set(callable.map(({ FunctionName }) => JSON.stringify(FunctionName)))
      // Around what a permission says there is a statement of about 250 characters.
      const length = (properties: object) => measureJson(properties) + 250
      return [...names].map((name) =>
        sum(callable.filter((one) => JSON.stringify(one.FunctionName) === name).map(length)),
      )
    },
  },
  limitResource('Lambda::Function', 'bytes of the environment of a Lambda', 4096, ({ Environment }) =>
    sum(selectPath(Environment, 'Variables').flatMap(measureVariables)),
  ),
  ...limitLength('Lambda::Function', 'Description', 256),
  limitResource('IAM::Role', 'characters of who may take a role', 2048, (one) =>
    measureJson(one.AssumeRolePolicyDocument),
  ),
  limitTemplate(
    'routes of an HTTP API',
    300,
    ({ Resources }) => listResources(Resources, 'ApiGatewayV2::Route').length,
  ),
  limitTemplate(
    'integrations of an HTTP API',
    300,
    ({ Resources }) => listResources(Resources, 'ApiGatewayV2::Integration').length,
  ),
  ...limitLength('ApiGatewayV2::Api', 'Name', 128),
  limitCount('DynamoDB::Table', 'GlobalSecondaryIndexes.*', 20),
  limitResource('DynamoDB::Table', 'attributes that one index of a table carries', 20, (table) =>
    Math.max(
      0,
      ...selectPath(table, 'GlobalSecondaryIndexes.*.Projection.NonKeyAttributes').map(
        (names) => selectPath(names, '*').length,
      ),
    ),
  ),
  limitCount('DynamoDB::Table', 'GlobalSecondaryIndexes.*.Projection.NonKeyAttributes.*', 100),
  ...limitLength('KMS::Key', 'Description', 8192),
  limitResource('KMS::Key', 'characters of the policy of a key', 32_768, ({ KeyPolicy }) => measureJson(KeyPolicy)),
  ...limitLength('SecretsManager::Secret', 'Description', 2048),
  ...limitLength('CloudWatch::Alarm', 'AlarmDescription', 1024),
  limitCount('CloudWatch::Alarm', 'Metrics.*', 10),
  limitCount('CloudWatch::Alarm', 'Dimensions.*', 30),
  limitCount('CloudWatch::Alarm', 'AlarmActions.*', 5),
  limitResource('CloudWatch::Alarm', 'seconds that an alarm looks back', 86_400, (alarm) => {
    const periods = [...selectPath(alarm, 'Period'), ...selectPath(alarm, 'Metrics.*.MetricStat.Period')].map(Number)
    return Math.max(0, ...periods) * Number(alarm.EvaluationPeriods)
  }),
  limitCount('Events::Rule', 'Targets.*', 5),
  limitResource('SQS::Queue', 'seconds that a queue hides a message', 43_200, (queue) =>
    Number(queue.VisibilityTimeout ?? 0),
  ),
  limitResource('SQS::Queue', 'seconds that a queue keeps a message', 1_209_600, (one) =>
    Number(one.MessageRetentionPeriod ?? 0),
  ),
  ...limitLength('Logs::DeliverySource', 'Name', 60),
  ...limitLength('Logs::DeliveryDestination', 'Name', 60),
  limitResource('S3::BucketPolicy', 'bytes of the policy of a bucket', 20_480, (one) =>
    measureJson(one.PolicyDocument),
  ),

  // Of an account, whatever its stages: two of them must find room.
  limitTemplate(
    'cache policies',
    20 / 2,
    ({ Resources }) => listResources(Resources, 'CloudFront::CachePolicy').length,
  ),
  limitTemplate(
    'origin request policies',
    20 / 2,
    ({ Resources }) => listResources(Resources, 'CloudFront::OriginRequestPolicy').length,
  ),
  ...['HeadersConfig.Headers', 'QueryStringsConfig.QueryStrings'].map((keyed) =>
    limitCount('CloudFront::CachePolicy', `CachePolicyConfig.ParametersInCacheKeyAndForwardedToOrigin.${keyed}.*`, 10),
  ),
  limitCount('CloudFront::OriginRequestPolicy', 'OriginRequestPolicyConfig.HeadersConfig.Headers.*', 10),
  limitCount('CloudFront::Distribution', 'DistributionConfig.CacheBehaviors.*', 25),
  limitCount('CloudFront::Distribution', 'DistributionConfig.Origins.*', 25),
  limitCount('CloudFront::Distribution', 'DistributionConfig.Origins.*.OriginCustomHeaders.*', 10),
  ...limitLength('CloudFront::Distribution', 'DistributionConfig.Comment', 128),
  ...limitLength('CloudFront::CachePolicy', 'CachePolicyConfig.Name', 128),
  ...limitLength('WAFv2::WebACL', 'Description', 256),
  limitResource('WAFv2::WebACL', 'units of a firewall before it costs more', 1500, ({ Rules }) =>
    sum(selectPath(Rules, '*.Statement').map(countUnits)),
  ),
  ...limitLength('WAFv2::WebACL', 'CustomResponseBodies.*.Content', 4096),
]

/** What is beyond a limit in a template. */
export function findExceeded({ what, most, sizes }: TemplateLimit, template: Template): string[] {
  return sizes(template).flatMap((size) => (size > most ? [`${size} ${what}; ${most} are the most`] : []))
}

function listResources(resources: Template['Resources'], type: string): Resource[] {
  return Object.values(resources).filter(({ Type }) => Type === `AWS::${type}`)
}

function limitTemplate(what: string, most: number, size: (template: Template) => number): TemplateLimit {
  return { what, most, sizes: (template) => [size(template)] }
}

function limitResource(
  type: string,
  what: string,
  most: number,
  size: (properties: Resource['Properties']) => number,
): TemplateLimit {
  return {
    what,
    most,
    sizes: ({ Resources }) => listResources(Resources, type).map(({ Properties }) => size(Properties)),
  }
}

function limitCount(type: string, path: string, most: number): TemplateLimit {
  return limitResource(type, `${path} of ${type}`, most, (properties) => selectPath(properties, path).length)
}

function limitLength(type: string, path: string, most: number): TemplateLimit[] {
  const measureLength = (text: unknown) => (parseIntrinsic(text) ? measureJson(text) : String(text).length)
  return [
    limitResource(type, `characters of ${path} of ${type}`, most, (properties) =>
      Math.max(0, ...selectPath(properties, path).map(measureLength)),
    ),
  ]
}

function measureVariables(variables: unknown): number[] {
  return Object.entries(variables ?? {}).map(([name, value]) => name.length + measureJson(value))
}

// As AWS's page on its managed rule groups counts them; a rule of our own counts a few.
const ruleGroupUnits: { [group: string]: number } = {
  AWSManagedRulesAmazonIpReputationList: 25,
  AWSManagedRulesKnownBadInputsRuleSet: 200,
  AWSManagedRulesCommonRuleSet: 700,
}

function countUnits(statement: unknown): number {
  const [group] = selectPath(statement, 'ManagedRuleGroupStatement.Name').map(String)
  const scopeDownUnits = selectPath(statement, 'ManagedRuleGroupStatement.ScopeDownStatement').length * 10
  return (group === undefined ? 10 : (ruleGroupUnits[group] ?? Number.POSITIVE_INFINITY)) + scopeDownUnits
}
