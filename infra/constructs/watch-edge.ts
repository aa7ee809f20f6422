import { CfnOutput, Duration, type Stack } from 'aws-cdk-lib'
import { type IMetric, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch'
import type { Edge } from '#infra/constructs/edge.ts'
import type { Firewall } from '#infra/constructs/firewall.ts'
import { AlarmTopic, ServiceAlarm } from '#infra/constructs/service-alarm.ts'

type EdgeResources = { edge: Edge; firewall: Firewall }
type EdgeAlarm = {
  /** Also the name of its runbook. */
  id: string
  metric: (edgeResources: EdgeResources) => IMetric
  threshold: number
  evaluationPeriods: number
  whenItFails: string
}

/** Alarms about requests that never reach the API. */
const edgeAlarms: readonly EdgeAlarm[] = [
  {
    id: 'EdgeServerErrors',
    metric: ({ edge }) => createErrorRateMetric('5xxErrorRate', edge),
    threshold: 5,
    evaluationPeriods: 1,
    whenItFails:
      'One request in twenty gets a 5xx response at the edge: visitors see no page and cannot send their request. Check ' +
      'whether the alarm of the API is on too. If it is not, CloudFront does not reach the API.',
  },
  {
    id: 'EdgeRefusals',
    metric: ({ edge }) => createErrorRateMetric('4xxErrorRate', edge),
    threshold: 50,
    evaluationPeriods: 3,
    whenItFails:
      'Half of all requests have been refused for 15 minutes. Request /health at the edge first: if it is refused too, ' +
      'the API does not recognize the edge, and every lead is lost.',
  },
  {
    id: 'FirewallBlocks',
    metric: ({ firewall }) => createBlockedRequestsMetric(firewall),
    threshold: 5000,
    evaluationPeriods: 1,
    whenItFails:
      'The firewall has blocked 5,000 requests in five minutes: a flood, or a rule that keeps visitors out. Find ' +
      'out which rule it is.',
  },
]

/** Creates the edge alarms and their topic, which must be in the region of their metrics. */
export function watchEdge(stack: Stack, edgeResources: EdgeResources, emails: readonly string[]): void {
  const alarmTopic = new AlarmTopic(stack, 'Alarms', { emails })
  for (const { id, metric, ...rest } of edgeAlarms)
    new ServiceAlarm(stack, id, { ...rest, metric: metric(edgeResources), alarmTopic })
  new CfnOutput(stack, 'AlarmTopicArn', { value: alarmTopic.topicArn })
}

const period = Duration.minutes(5)
// With fewer requests an error rate means little.
const minRequests = 50

function createErrorRateMetric(metricName: '4xxErrorRate' | '5xxErrorRate', { distributionId }: Edge): IMetric {
  const commonProps = {
    namespace: 'AWS/CloudFront',
    dimensionsMap: { DistributionId: distributionId, Region: 'Global' },
    period,
  }
  const share = new Metric({ ...commonProps, metricName, statistic: 'Average' })
  const requests = new Metric({ ...commonProps, metricName: 'Requests', statistic: 'Sum' })
  const expression = `IF(requests >= ${minRequests}, share, 0)`
  return new MathExpression({ expression, usingMetrics: { requests, share }, period, label: metricName })
}

function createBlockedRequestsMetric({ metricName }: Firewall): IMetric {
  const dimensionsMap = { WebACL: metricName, Rule: 'ALL' }
  return new Metric({ namespace: 'AWS/WAFV2', metricName: 'BlockedRequests', dimensionsMap, statistic: 'Sum', period })
}
