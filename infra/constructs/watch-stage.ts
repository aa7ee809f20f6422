import type { Stack } from 'aws-cdk-lib'
import { TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch'
import { type AlarmTopic, HouseAlarm } from '#infra/constructs/house-alarm.ts'
import { HouseDashboard } from '#infra/constructs/house-dashboard.ts'
import { houseMetric } from '#infra/constructs/house-metric.ts'
import { metricAlarms } from '#infra/metric-alarms.ts'
import type { Stage } from '#infra/stage.ts'

const missing = { 'as-before': TreatMissingData.IGNORE, calm: TreatMissingData.NOT_BREACHING }

/** An alarm for each row of the table of what rings, and the dashboard. The last of its stack: that shows what is there by then. */
export function watchStage(stack: Stack, { stage, alarmTopic }: { stage: Stage; alarmTopic: AlarmTopic }): void {
  for (const { metric, statistic, minutes, threshold, whenNotMeasured, whenItFails } of metricAlarms) {
    new HouseAlarm(stack, metric, {
      metric: houseMetric(metric, stage, statistic, minutes),
      threshold,
      treatMissingData: missing[whenNotMeasured],
      whenItFails,
      alarmTopic,
    })
  }
  new HouseDashboard(stack, 'Dashboard', { stage })
}
