import { Duration, Stack } from 'aws-cdk-lib'
import { AlarmStatusWidget, Dashboard, GraphWidget, type IMetric } from 'aws-cdk-lib/aws-cloudwatch'
import { Construct } from 'constructs'
import { createServiceMetric } from '#infra/constructs/create-service-metric.ts'
import { ServiceAlarm } from '#infra/constructs/service-alarm.ts'
import { ServiceFunction } from '#infra/constructs/service-function.ts'
import { DeadLetters } from '#infra/constructs/work-queue.ts'
import type { DeploymentStage } from '#infra/stage.ts'
import { formatRegionalName } from '#infra/stage-names.ts'
import type { Metric } from '#shared/platform/metrics.ts'

const period = { period: Duration.minutes(5) }

/** The dashboard of a stage: alarms, leads and deliveries, queues, errors. */
export class ServiceDashboard extends Construct {
  constructor(scope: Construct, id: string, { stage }: { stage: DeploymentStage }) {
    super(scope, id)
    const createMetrics = (statistic: string, ...metrics: Metric[]) =>
      metrics.map((metric) => createServiceMetric(metric, stage, statistic))
    const constructs = Stack.of(this).node.findAll()
    const alarms = constructs.filter((one) => one instanceof ServiceAlarm)
    const functions = constructs.filter((one) => one instanceof ServiceFunction)
    const deadLetters = constructs.filter((one) => one instanceof DeadLetters)

    new Dashboard(this, 'Page', {
      // Dashboards of all regions share one list of names.
      dashboardName: formatRegionalName(stage),
      widgets: [
        [new AlarmStatusWidget({ title: 'Alarms', width: 24, alarms })],
        [
          createGraph(
            'Leads kept, matched and delivered',
            createMetrics('Sum', 'LeadsSaved', 'LeadsMatched', 'DeliveriesDelivered'),
          ),
          createGraph('Time to delivery', [
            ...createMetrics('p50', 'TimeToDelivery'),
            ...createMetrics('p99', 'TimeToDelivery'),
          ]),
          createGraph('Oldest due', createMetrics('Maximum', 'OldestDueAge')),
        ],
        [
          createGraph('Drift', createMetrics('Maximum', 'ReconciliationDrift')),
          createGraph('Trouble', createMetrics('Sum', 'DeliveriesFailed', 'SchoolAlerts', 'AttemptsFailedInternally')),
          createGraph(
            'Dead letters',
            deadLetters.map((queue) => queue.metricApproximateNumberOfMessagesVisible(period)),
          ),
        ],
        [
          createGraph(
            'Lambda errors',
            functions.map((one) => one.metricErrors(period)),
          ),
          createGraph(
            'Lambda throttles',
            functions.map((one) => one.metricThrottles(period)),
          ),
        ],
      ],
    })
  }
}

function createGraph(title: string, left: IMetric[]): GraphWidget {
  return new GraphWidget({ title, left, width: 8, leftYAxis: { min: 0 } })
}
