import { Duration } from 'aws-cdk-lib'
import { ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch'
import { Rule, Schedule } from 'aws-cdk-lib/aws-events'
import { LambdaFunction as Target } from 'aws-cdk-lib/aws-events-targets'
import { EventInvokeConfig, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda'
import { Construct } from 'constructs'
import { type AlarmTopic, ServiceAlarm } from '#infra/constructs/service-alarm.ts'

type Props = { worker: LambdaFunction; everySeconds: number; alarmTopic: AlarmTopic; whenItStops: string }

const maxMissedRuns = 5
const onceOnly = { retryAttempts: 0, maxEventAge: Duration.minutes(1) }

/** Starts a worker periodically, with an alarm for when it no longer runs. A failed run is not retried: the next one follows. */
export class ScheduledRule extends Construct {
  constructor(scope: Construct, id: string, { worker, everySeconds, alarmTopic, whenItStops }: Props) {
    super(scope, id)
    if (everySeconds % 60 !== 0)
      throw new Error(`${id}: the period must be whole minutes, but is ${everySeconds} seconds.`)
    const period = Duration.seconds(everySeconds)

    new Rule(this, 'Rule', { schedule: Schedule.rate(period), targets: [new Target(worker, onceOnly)] })
    new EventInvokeConfig(this, 'Invoke', { function: worker, ...onceOnly })
    new ServiceAlarm(this, 'Stopped', {
      metric: worker.metricInvocations({ period: Duration.seconds(everySeconds * maxMissedRuns) }),
      threshold: 1,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.BREACHING,
      whenItFails: whenItStops,
      alarmTopic,
    })
  }
}
