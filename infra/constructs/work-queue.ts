import { Duration } from 'aws-cdk-lib'
import { EventSourceMapping, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda'
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs'
import { Construct } from 'constructs'
import { type AlarmTopic, ServiceAlarm } from '#infra/constructs/service-alarm.ts'

type Props = {
  visibilitySeconds: number
  alarmTopic: AlarmTopic
  whenItIsLate: string
  whenItFails: string
}

const lateAfter = Duration.minutes(15)

/** The end of the road: nothing comes after it. */
export class DeadLetters extends Queue {}

/** A queue, its dead letters and their alarms, born together. */
export class WorkQueue extends Construct {
  readonly queue: Queue
  readonly deadLetters: DeadLetters

  constructor(scope: Construct, id: string, { visibilitySeconds, alarmTopic, whenItIsLate, whenItFails }: Props) {
    super(scope, id)
    const securityProps = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true }
    // A dead letter's age counts from when it was first sent, so the dead letters must be kept for longer.
    this.deadLetters = new DeadLetters(this, 'DeadLetters', { ...securityProps, retentionPeriod: Duration.days(14) })
    this.queue = new Queue(this, 'Queue', {
      ...securityProps,
      visibilityTimeout: Duration.seconds(visibilitySeconds),
      retentionPeriod: Duration.days(1),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: 5 },
    })

    new ServiceAlarm(this, 'Late', {
      metric: this.queue.metricApproximateAgeOfOldestMessage({ period: Duration.minutes(5) }),
      threshold: lateAfter.toSeconds(),
      whenItFails: whenItIsLate,
      alarmTopic,
    })
    new ServiceAlarm(this, 'DeadLettered', {
      metric: this.deadLetters.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(5) }),
      threshold: 1,
      whenItFails,
      alarmTopic,
    })
  }

  /** One message at a time, so that a slow one delays no other. No filter: SQS deletes what a filter does not match. */
  addConsumer(worker: LambdaFunction, maxConcurrency: number): void {
    this.queue.grantConsumeMessages(worker)
    new EventSourceMapping(this, 'Mapping', {
      target: worker,
      eventSourceArn: this.queue.queueArn,
      batchSize: 1,
      reportBatchItemFailures: true,
      maxConcurrency,
    })
  }
}
