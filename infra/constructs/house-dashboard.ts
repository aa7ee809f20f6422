import { Duration, Stack } from 'aws-cdk-lib'
import { AlarmStatusWidget, Dashboard, GraphWidget, type IMetric } from 'aws-cdk-lib/aws-cloudwatch'
import { Construct } from 'constructs'
import { HouseAlarm } from '#infra/constructs/house-alarm.ts'
import { HouseFunction } from '#infra/constructs/house-function.ts'
import { houseMetric } from '#infra/constructs/house-metric.ts'
import { DeadLetters } from '#infra/constructs/work-queue.ts'
import type { Stage } from '#infra/stage.ts'
import type { Metric } from '#shared/platform/metrics.ts'

const period = { period: Duration.minutes(5) }

/** The one page to look at: what rings, what comes in and goes out, what waits, and what breaks. */
export class HouseDashboard extends Construct {
  constructor(scope: Construct, id: string, { stage }: { stage: Stage }) {
    super(scope, id)
    const shown = (statistic: string, ...metrics: Metric[]) =>
      metrics.map((metric) => houseMetric(metric, stage, statistic))
    const all = Stack.of(this).node.findAll()
    const alarms = all.filter((one) => one instanceof HouseAlarm)
    const functions = all.filter((one) => one instanceof HouseFunction)
    const deadLetters = all.filter((one) => one instanceof DeadLetters)

    new Dashboard(this, 'Page', {
      dashboardName: `prospectus-${stage.name}`,
      widgets: [
        [new AlarmStatusWidget({ title: 'Alarms', width: 24, alarms })],
        [
          graph('Leads kept, matched and delivered', shown('Sum', 'LeadsKept', 'LeadsMatched', 'DeliveriesDelivered')),
          graph('Time to delivery', [...shown('p50', 'TimeToDelivery'), ...shown('p99', 'TimeToDelivery')]),
          graph('Oldest due', shown('Maximum', 'OldestDueAge')),
        ],
        [
          graph('Drift', shown('Maximum', 'ReconciliationDrift')),
          graph('Trouble', shown('Sum', 'DeliveriesDead', 'SchoolAlerts', 'AttemptsFailedByUs')),
          graph(
            'Dead letters',
            deadLetters.map((queue) => queue.metricApproximateNumberOfMessagesVisible(period)),
          ),
        ],
        [
          graph(
            'Lambda errors',
            functions.map((one) => one.metricErrors(period)),
          ),
          graph(
            'Lambda throttles',
            functions.map((one) => one.metricThrottles(period)),
          ),
        ],
      ],
    })
  }
}

function graph(title: string, left: IMetric[]): GraphWidget {
  return new GraphWidget({ title, left, width: 8, leftYAxis: { min: 0 } })
}
