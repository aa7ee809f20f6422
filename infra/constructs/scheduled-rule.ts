import { Duration } from 'aws-cdk-lib'
import { ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch'
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions'
import { Rule, Schedule } from 'aws-cdk-lib/aws-events'
import { LambdaFunction as Target } from 'aws-cdk-lib/aws-events-targets'
import { EventInvokeConfig, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda'
import { Construct } from 'constructs'
import { type AlarmTopic, ServiceAlarm } from '#infra/constructs/service-alarm.ts'

type Props = {
  worker: LambdaFunction
  everySeconds: number
  /** Whether the worker is started, and its alarm notifies. */
  isEnabled: boolean
  alarmTopic: AlarmTopic
  whenItStops: string
}

const maxMissedRuns = 5
const onceOnly = { retryAttempts: 0, maxEventAge: Duration.minutes(1) }

/**
 * Starts a worker periodically, with an alarm for when it no longer runs. A failed run is not retried: the next one follows.
 * A worker that does not run measures nothing, so the alarm notifies when its data ends. An alarm begins without data and
 * notifies only of changes: a new one is silent until the worker has run once.
 */
export class ScheduledRule extends Construct {
  constructor(scope: Construct, id: string, { worker, everySeconds, isEnabled, alarmTopic, whenItStops }: Props) {
    super(scope, id)
    if (everySeconds % 60 !== 0)
      throw new Error(`${id}: the period must be whole minutes, but is ${everySeconds} seconds.`)
    const period = Duration.seconds(everySeconds)

    new Rule(this, 'Rule', {
      schedule: Schedule.rate(period),
      enabled: isEnabled,
      targets: [new Target(worker, onceOnly)],
    })
    new EventInvokeConfig(this, 'Invoke', { function: worker, ...onceOnly })
    const stopped = new ServiceAlarm(this, 'Stopped', {
      metric: worker.metricInvocations({ period }),
      threshold: 1,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: maxMissedRuns,
      treatMissingData: TreatMissingData.MISSING,
      actionsEnabled: isEnabled,
      whenItFails: whenItStops,
      alarmTopic,
    })
    stopped.addInsufficientDataAction(new SnsAction(alarmTopic))
  }
}
