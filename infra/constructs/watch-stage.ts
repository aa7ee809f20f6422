import type { Stack } from 'aws-cdk-lib'
import { TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch'
import { createServiceMetric } from '#infra/constructs/create-service-metric.ts'
import { type AlarmTopic, ServiceAlarm } from '#infra/constructs/service-alarm.ts'
import { ServiceDashboard } from '#infra/constructs/service-dashboard.ts'
import { metricAlarms } from '#infra/metric-alarms.ts'
import type { DeploymentStage } from '#infra/stage.ts'

const missingDataTreatments = { 'as-before': TreatMissingData.IGNORE, calm: TreatMissingData.NOT_BREACHING }

/** Creates an alarm for each metric alarm, and the dashboard if the stage has one. Call it last, because the dashboard shows what exists by then. */
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
  if (stage.dashboard === 'on') new ServiceDashboard(stack, 'Dashboard', { stage })
}
