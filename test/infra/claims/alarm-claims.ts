import { readFileSync } from 'node:fs'
import { expect, it, vi } from 'vitest'
import * as z from 'zod'
import { metricAlarms } from '#infra/metric-alarms.ts'
import type { DeploymentStage } from '#infra/stage.ts'
import type { Metric } from '#shared/platform/metrics.ts'
import { createMeasureOnAws } from '#shared/platform/on-aws.ts'
import { hasText, type SynthesizedApp } from '../synthesize.ts'
import { getEdge } from './edge-claims.ts'

/** What must hold of every alarm, of its runbook and of the dashboard. */
export function alarmClaims(built: () => SynthesizedApp, stage: DeploymentStage): void {
  const listAlarms = () => [built().service, getEdge(built())].flatMap((stack) => stack.of('CloudWatch::Alarm'))

  it('have exactly one runbook each in docs/operations.md', () => {
    const alarms = listAlarms()
    const anchors = alarms.map(
      ({ AlarmDescription }) => / Runbook: docs\/operations\.md#([a-z-]+)$/.exec(String(AlarmDescription))?.[1],
    )
    expect(anchors.toSorted()).toEqual(runbookAnchors().toSorted())
    expect(new Set(anchors).size).toBe(alarms.length)
  })

  it('fit the text limit of CloudWatch and notify the topic of alarm and recovery', () => {
    for (const alarm of listAlarms()) {
      expect(String(alarm.AlarmDescription).length).toBeLessThan(1024)
      expect(alarm).toMatchObject({ AlarmActions: [expect.anything()], OKActions: [expect.anything()] })
    }
  })

  it.each(metricAlarms)('watch $metric where the Lambdas of this stage measure it', ({ metric, threshold }) => {
    const [alarm] = built()
      .service.of('CloudWatch::Alarm')
      .filter(({ MetricName }) => MetricName === metric)
    const { Namespace, Dimensions } = readMetricDimensions(stage, metric)
    expect(alarm).toMatchObject({ Namespace, Dimensions, Threshold: threshold })
  })

  it('watch the metrics of CloudFront and the firewall of this stage', () => {
    const alarms = getEdge(built()).of('CloudWatch::Alarm')
    const [distribution] = Object.entries(getEdge(built()).resources).flatMap(([id, { Type }]) =>
      Type === 'AWS::CloudFront::Distribution' ? [id] : [],
    )
    const ofDistribution = expect.arrayContaining([
      { Name: 'DistributionId', Value: { Ref: distribution } },
      { Name: 'Region', Value: 'Global' },
    ])
    for (const MetricName of ['5xxErrorRate', '4xxErrorRate']) {
      const matchMetric = (name: string) =>
        expect.objectContaining({
          MetricStat: expect.objectContaining({
            Metric: { Namespace: 'AWS/CloudFront', MetricName: name, Dimensions: ofDistribution },
          }),
        })
      const bothMetrics = expect.arrayContaining([matchMetric(MetricName), matchMetric('Requests')])
      expect(alarms).toContainEqual(expect.objectContaining({ Metrics: bothMetrics }))
    }
    const [firewall] = getEdge(built()).of('WAFv2::WebACL')
    const { MetricName } = z.object({ MetricName: z.string() }).parse(firewall?.VisibilityConfig)
    expect(MetricName).toContain(stage.name)
    const Dimensions = expect.arrayContaining([
      { Name: 'WebACL', Value: MetricName },
      { Name: 'Rule', Value: 'ALL' },
    ])
    expect(alarms).toContainEqual(
      expect.objectContaining({ Namespace: 'AWS/WAFV2', MetricName: 'BlockedRequests', Dimensions }),
    )
  })

  it('are on one dashboard with metrics, dead letters, errors and throttles, if the stage has one', () => {
    const [dashboard, ...others] = built().service.of('CloudWatch::Dashboard')
    expect(others).toEqual([])
    if (stage.dashboard === 'off') return expect(dashboard).toBeUndefined()
    const metricNames = [
      'LeadsSaved',
      'LeadsMatched',
      'DeliveriesDelivered',
      'TimeToDelivery',
      'p50',
      'p99',
      'OldestDueAge',
    ]
    const otherNames = ['ReconciliationDrift', 'ApproximateNumberOfMessagesVisible', 'Errors', 'Throttles']
    for (const what of [...metricNames, ...otherNames])
      expect(dashboard?.DashboardBody, what).toSatisfy((body) => hasText(body, what))
    const alarms = Object.entries(built().service.resources).filter(([, { Type }]) => Type === 'AWS::CloudWatch::Alarm')
    for (const [id] of alarms) expect(dashboard?.DashboardBody, id).toSatisfy((body) => hasText(body, id))
  })
}

/** As GitHub makes them of the headings under "Runbooks". */
function runbookAnchors(): string[] {
  const page = readFileSync(new URL('../../../docs/operations.md', import.meta.url), 'utf8')
  const [, runbookSection = ''] = page.split(/^## Runbooks$/m)
  return [...runbookSection.matchAll(/^### (.+)$/gm)].map(([, heading = '']) =>
    heading.toLowerCase().replaceAll(' ', '-'),
  )
}

/** Namespace and dimensions that a measurement comes with, from what a Lambda writes to its log. */
function readMetricDimensions({ name }: DeploymentStage, metric: Metric) {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  createMeasureOnAws({ STAGE: name })(metric, 1)
  const logLine: unknown = JSON.parse(write.mock.calls.map(([text]) => String(text)).join(''))
  write.mockRestore()
  const { _aws, ...fields } = embedded.parse(logLine)
  const [{ Namespace, Dimensions }] = _aws.CloudWatchMetrics
  return { Namespace, Dimensions: Dimensions[0].map((Name) => ({ Name, Value: fields[Name] })) }
}

const embedded = z.looseObject({
  _aws: z.object({
    CloudWatchMetrics: z.tuple([z.object({ Namespace: z.string(), Dimensions: z.tuple([z.array(z.string())]) })]),
  }),
})
