import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2'
import type { Construct } from 'constructs'
import type { DeploymentStage } from '#infra/stage.ts'
import { problems } from '#shared/contract/problems.ts'

/** Managed rule groups in order of evaluation; the rules in `counts` only count. */
const managedRuleGroups = [
  { group: 'AWSManagedRulesAmazonIpReputationList', countOnlyRules: [] },
  { group: 'AWSManagedRulesKnownBadInputsRuleSet', countOnlyRules: [] },
  {
    group: 'AWSManagedRulesCommonRuleSet',
    // The API limits body sizes itself, and publishers' servers need not send a user agent.
    countOnlyRules: ['SizeRestrictions_BODY', 'NoUserAgent_HEADER'],
  },
]
// Staff requests need a key, and contain markup, templates and URLs that look like attacks.
const staffPathPrefix = '/v1/ops/'

/** The web ACL of CloudFront, which must be in us-east-1. */
export class Firewall extends CfnWebACL {
  /** The name of its CloudWatch metric, unique per stage. */
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

/** Blocks floods of requests from one address. The API's own rate limits are stricter. */
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

// Sampled requests would contain addresses and bodies of visitors.
function buildVisibilityConfig(metricName: string): CfnWebACL.VisibilityConfigProperty {
  return { metricName, cloudWatchMetricsEnabled: true, sampledRequestsEnabled: false }
}
