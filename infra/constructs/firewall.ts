import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2'
import type { Construct } from 'constructs'
import { managedRuleGroups } from '#infra/managed-rules.ts'
import type { DeploymentStage } from '#infra/stage.ts'
import { formatRegionalName } from '#infra/stage-names.ts'
import { cors } from '#shared/contract/cors.ts'
import { problems } from '#shared/contract/problems.ts'
import { firewallWindowSeconds } from '#shared/platform/rate-limits.ts'

type Statement = CfnWebACL.StatementProperty

// Staff requests need a key, and contain markup, templates and URLs that look like attacks.
const staffPathPrefix = '/v1/ops/'
const noTransformation = [{ priority: 0, type: 'NONE' }]

/** The web ACL of CloudFront, which must be in us-east-1. What it blocks gets an answer like those of the API. */
export class Firewall extends CfnWebACL {
  /** The name of its CloudWatch metric, unique per stage and region. */
  readonly metricName: string

  constructor(scope: Construct, id: string, { stage }: { stage: DeploymentStage }) {
    const metricName = formatRegionalName(stage)
    const { anonymous, any } = stage.firewallLimits
    const rules = [
      buildRateRule('Flood', any),
      buildRateRule('Rate', anonymous, anonymousWrites),
      ...managedRuleGroups.map(buildGroupRule),
    ]
    super(scope, id, {
      scope: 'CLOUDFRONT',
      description: `Prospectus ${stage.name}: what does not reach the API`,
      defaultAction: { allow: {} },
      customResponseBodies: Object.fromEntries(
        Object.values(blocks).map(({ code, key }) => [
          key,
          { contentType: 'APPLICATION_JSON', content: JSON.stringify(toProblem(code)) },
        ]),
      ),
      rules: rules.map((rule, priority) => ({
        ...rule,
        priority,
        visibilityConfig: buildVisibilityConfig(rule.name),
      })),
      visibilityConfig: buildVisibilityConfig(metricName),
    })
    this.metricName = metricName
  }
}

/** How the firewall answers what it blocks. Its content type is application/json: AWS lets a firewall send no other. */
const blocks = {
  limit: { code: 'TOO_MANY_REQUESTS', key: 'tooMany', headers: { 'retry-after': String(firewallWindowSeconds) } },
  attack: { code: 'FIREWALL_BLOCKED', key: 'blocked', headers: {} },
} as const

function toProblem(code: (typeof blocks)[keyof typeof blocks]['code']) {
  return { type: `/docs#problem-${code}`, ...problems[code], code }
}

function buildBlockAction({ code, key, headers }: (typeof blocks)[keyof typeof blocks]) {
  const responseHeaders = {
    ...headers,
    'access-control-allow-origin': cors.origins.join(),
    'access-control-expose-headers': cors.responseHeaders.join(),
    'cache-control': 'no-store',
  }
  return {
    block: {
      customResponse: {
        responseCode: problems[code].status,
        customResponseBodyKey: key,
        responseHeaders: Object.entries(responseHeaders).map(([name, value]) => ({ name, value })),
      },
    },
  }
}

/** Blocks an address that sends more in five minutes than a client within the limits of the API can. */
function buildRateRule(name: string, limit: number, scopeDownStatement?: Statement) {
  const rate = { aggregateKeyType: 'IP', limit, evaluationWindowSec: firewallWindowSeconds }
  return {
    name,
    statement: { rateBasedStatement: { ...rate, ...(scopeDownStatement && { scopeDownStatement }) } },
    action: buildBlockAction(blocks.limit),
  }
}

/** Neither a read nor a call with a key: reads are cached, and the API holds keys to their own limit. */
const anonymousWrites: Statement = {
  andStatement: {
    statements: [
      ...['GET', 'HEAD', 'OPTIONS'].map((method) => not(matchText({ method: {} }, 'EXACTLY', method))),
      not({
        sizeConstraintStatement: {
          fieldToMatch: { singleHeader: { Name: 'authorization' } },
          comparisonOperator: 'GT',
          size: 0,
          textTransformations: noTransformation,
        },
      }),
    ],
  },
}

function buildGroupRule({ group, blockingRules, countOnlyRules, skipsStaff }: (typeof managedRuleGroups)[number]) {
  const block = buildBlockAction(blocks.attack)
  return {
    name: group,
    overrideAction: { none: {} },
    statement: {
      managedRuleGroupStatement: {
        vendorName: 'AWS',
        name: group,
        ruleActionOverrides: [
          ...blockingRules.map((name) => ({ name, actionToUse: block })),
          ...countOnlyRules.map((name) => ({ name, actionToUse: { count: {} } })),
        ],
        ...(skipsStaff && { scopeDownStatement: not(matchText({ uriPath: {} }, 'STARTS_WITH', staffPathPrefix)) }),
      },
    },
  }
}

function not(statement: Statement): Statement {
  return { notStatement: { statement } }
}

function matchText(
  fieldToMatch: CfnWebACL.FieldToMatchProperty,
  positionalConstraint: 'EXACTLY' | 'STARTS_WITH',
  searchString: string,
): Statement {
  return {
    byteMatchStatement: { fieldToMatch, positionalConstraint, searchString, textTransformations: noTransformation },
  }
}

// Sampled requests would contain addresses and bodies of visitors.
function buildVisibilityConfig(metricName: string): CfnWebACL.VisibilityConfigProperty {
  return { metricName, cloudWatchMetricsEnabled: true, sampledRequestsEnabled: false }
}
