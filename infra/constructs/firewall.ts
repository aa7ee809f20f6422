import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2'
import type { Construct } from 'constructs'
import type { DeploymentStage } from '#infra/stage.ts'
import { problems } from '#shared/contract/problems.ts'

/** In the order in which they are asked; `counts` are rules of the group that only count. */
const managedRuleGroups = [
  { group: 'AWSManagedRulesAmazonIpReputationList', countOnlyRules: [] },
  { group: 'AWSManagedRulesKnownBadInputsRuleSet', countOnlyRules: [] },
  {
    group: 'AWSManagedRulesCommonRuleSet',
    // The API holds bodies to a size of its own, and publishers' servers need not name themselves.
    countOnlyRules: ['SizeRestrictions_BODY', 'NoUserAgent_HEADER'],
  },
]
// What staff write holds markup, templates and addresses of schools, which look like attacks. They bring a key.
const staffPathPrefix = '/v1/ops/'

/** Stands before CloudFront, so it must be in us-east-1. */
export class Firewall extends CfnWebACL {
  /** By which CloudWatch tells it from that of another stage. */
  readonly metricName: string

  constructor(scope: Construct, id: string, { stage }: { stage: DeploymentStage }) {
    const metricName = `prospectus-${stage.name}`
    super(scope, id, {
      scope: 'CLOUDFRONT',
      description: `Prospectus ${stage.name}: what does not reach the API`,
      defaultAction: { allow: {} },
      customResponseBodies: {
        tooMany: { contentType: 'APPLICATION_JSON', content: JSON.stringify(tooManyRequestsBody) },
      },
      rules: [buildRateRule(stage), ...managedRuleGroups.map(buildGroupRule)],
      visibilityConfig: buildVisibilityConfig(metricName),
    })
    this.metricName = metricName
  }
}

const { status, title } = problems.TOO_MANY_REQUESTS
const tooManyRequestsBody = { type: '/docs#problem-TOO_MANY_REQUESTS', title, status, code: 'TOO_MANY_REQUESTS' }

/** A flood of whatever kind, long before it costs anything; the limits of the API are finer. */
function buildRateRule({ perAddressInFiveMinutes }: DeploymentStage): CfnWebACL.RuleProperty {
  return {
    name: 'Rate',
    priority: 0,
    statement: {
      rateBasedStatement: { aggregateKeyType: 'IP', limit: perAddressInFiveMinutes, evaluationWindowSec: 300 },
    },
    action: { block: { customResponse: { responseCode: status, customResponseBodyKey: 'tooMany' } } },
    visibilityConfig: buildVisibilityConfig('Rate'),
  }
}

function buildGroupRule(
  { group, countOnlyRules }: (typeof managedRuleGroups)[number],
  index: number,
): CfnWebACL.RuleProperty {
  return {
    name: group,
    priority: 1 + index,
    overrideAction: { none: {} },
    statement: {
      managedRuleGroupStatement: {
        vendorName: 'AWS',
        name: group,
        ...(countOnlyRules.length > 0 && {
          ruleActionOverrides: countOnlyRules.map((name) => ({ name, actionToUse: { count: {} } })),
          scopeDownStatement: { notStatement: { statement: buildPathPrefixStatement(staffPathPrefix) } },
        }),
      },
    },
    visibilityConfig: buildVisibilityConfig(group),
  }
}

function buildPathPrefixStatement(path: string): CfnWebACL.StatementProperty {
  return {
    byteMatchStatement: {
      fieldToMatch: { uriPath: {} },
      positionalConstraint: 'STARTS_WITH',
      searchString: path,
      textTransformations: [{ priority: 0, type: 'NONE' }],
    },
  }
}

// A sample shows addresses and bodies of visitors: numbers will do.
function buildVisibilityConfig(metricName: string): CfnWebACL.VisibilityConfigProperty {
  return { metricName, cloudWatchMetricsEnabled: true, sampledRequestsEnabled: false }
}
