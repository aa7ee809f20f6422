import { rmSync } from 'node:fs'
import { App } from 'aws-cdk-lib'
import * as z from 'zod'
import { buildApp } from '#infra/build-app.ts'
import type { StageSettings } from '#infra/stage.ts'
import type { CostItem } from '#shared/domain/reporting/cost/compute-usage-cost.ts'
import { prices } from '#shared/domain/reporting/cost/prices.ts'
import { metrics } from '#shared/platform/metrics.ts'
import cdkJson from '../../cdk.json' with { type: 'json' }

const minutesPerMonth = 30 * 24 * 60
/** Of a scheduled run that finds nothing, and the requests of a queue's poller in a month. */
const idleRunSeconds = 0.1
const pollsPerQueue = 650_000

/** USD a month of a stage without traffic, counted from its synthesized templates, at list prices. */
export function computeIdleCost(settings: StageSettings): CostItem[] {
  const resources = synthesizeResources(settings)
  const count = (type: string) => resources.filter(({ Type }) => Type === `AWS::${type}`).length
  const runs = resources.flatMap((resource) => {
    const rule = scheduledRule.safeParse(resource).data
    return rule ? [minutesPerMonth / toMinutes(rule.Properties.ScheduleExpression)] : []
  })
  const runCount = runs.reduce((sum, each) => sum + each, 0)
  const rules = resources.flatMap((resource) => firewall.safeParse(resource).data?.Properties.Rules ?? []).length
  return [
    { item: 'alarms', usd: count('CloudWatch::Alarm') * prices.alarms.usdPerMonth },
    { item: 'dashboard', usd: count('CloudWatch::Dashboard') * prices.dashboards.usdPerMonth },
    { item: 'metrics', usd: Object.keys(metrics).length * prices.metrics.usdPerMonth },
    { item: 'key', usd: count('KMS::Key') * prices.keys.usdPerMonth },
    { item: 'secrets', usd: count('SecretsManager::Secret') * prices.secrets.usdPerMonth },
    {
      item: 'scheduled runs',
      usd:
        (runCount / 1e6) *
        (prices.lambdaRequests.usdPerMillion + idleRunSeconds * 0.5 * prices.lambdaGigabyteSeconds.usdPerMillion),
    },
    { item: 'DynamoDB reads', usd: (runCount / 1e6) * 4 * prices.readUnits.usdPerMillion },
    {
      item: 'SQS polling',
      usd: ((count('Lambda::EventSourceMapping') * pollsPerQueue) / 1e6) * prices.queueRequests.usdPerMillion,
    },
    {
      item: 'firewall',
      usd: count('WAFv2::WebACL') * prices.firewalls.usdPerMonth + rules * prices.firewallRules.usdPerMonth,
    },
  ]
}

function synthesizeResources(settings: StageSettings) {
  const app = new App({ context: { ...cdkJson.context, 'aws:cdk:bundling-stacks': [] } })
  const { storage, service, edge } = buildApp(app, settings)
  const assembly = app.synth()
  const resources = [storage, service, ...(edge ? [edge] : [])].flatMap(({ artifactId }) =>
    Object.values(template.parse(assembly.getStackArtifact(artifactId).template).Resources),
  )
  rmSync(app.outdir, { recursive: true })
  return resources
}

/** `rate(5 minutes)` is 5, and `rate(1 hour)` is 60. */
function toMinutes(expression: string): number {
  const [, count = '1', unit = 'minute'] = /^rate\((\d+) (minute|hour)s?\)$/.exec(expression) ?? []
  return Number(count) * (unit === 'hour' ? 60 : 1)
}

const template = z.object({ Resources: z.record(z.string(), z.looseObject({ Type: z.string() })) })
const scheduledRule = z.object({
  Type: z.literal('AWS::Events::Rule'),
  Properties: z.object({ ScheduleExpression: z.string() }),
})
const firewall = z.object({
  Type: z.literal('AWS::WAFv2::WebACL'),
  Properties: z.object({ Rules: z.array(z.unknown()) }),
})
