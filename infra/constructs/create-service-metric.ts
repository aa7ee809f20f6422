import { Duration } from 'aws-cdk-lib'
import { Metric as CloudWatchMetric } from 'aws-cdk-lib/aws-cloudwatch'
import type { DeploymentStage } from '#infra/stage.ts'
import { type Metric, metricNamespace, stageDimension } from '#shared/platform/metrics.ts'

/** A metric of one stage in CloudWatch. */
export function createServiceMetric(
  metric: Metric,
  { name }: DeploymentStage,
  statistic: string,
  minutes = 5,
): CloudWatchMetric {
  return new CloudWatchMetric({
    namespace: metricNamespace,
    metricName: metric,
    dimensionsMap: { [stageDimension]: name },
    statistic,
    period: Duration.minutes(minutes),
  })
}
