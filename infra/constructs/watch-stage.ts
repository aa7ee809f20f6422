import type { Stack } from 'aws-cdk-lib'
import { TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch'
import { createServiceMetric } from '#infra/constructs/create-service-metric.ts'
import { type AlarmTopic, ServiceAlarm } from '#infra/constructs/service-alarm.ts'
import { ServiceDashboard } from '#infra/constructs/service-dashboard.ts'
import { metricAlarms } from '#infra/metric-alarms.ts'
import type { DeploymentStage } from '#infra/stage.ts'

const missingDataTreatments = { 'as-before': TreatMissingData.IGNORE, calm: TreatMissingData.NOT_BREACHING }

/** An alarm for each row of the table of what rings, and the dashboard. The last of its stack: that shows what is there by then. */
export function watchStage(
  stack: Stack,
  { stage, alarmTopic }: { stage: DeploymentStage; alarmTopic: AlarmTopic },
): void {
  for (const { metric, statistic, minutes, threshold, whenNotMeasured, whenItFails } of metricAlarms) {
    new ServiceAlarm(stack, metric, {
      metric: createServiceMetric(metric, stage, statistic, minutes),
      threshold,
      treatMissingData: missingDataTreatments[whenNotMeasured],
      whenItFails,
      alarmTopic,
    })
  }
  new ServiceDashboard(stack, 'Dashboard', { stage })
}
