import { Duration } from 'aws-cdk-lib'
import { EventSourceMapping, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda'
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs'
import { Construct } from 'constructs'
import { type AlarmTopic, ServiceAlarm } from '#infra/constructs/service-alarm.ts'
import { queueRetentionDays, visibilitySeconds } from '#shared/platform/workers.ts'

type Props = {
  /** Messages that are processed at the same time; SQS allows no less than 2. */
  maxConcurrency: number
  alarmTopic: AlarmTopic
  /** The alarm's text when messages wait too long. */
  whenItIsLate: string
  /** The alarm's text when a message was given up. */
  whenItFails: string
}

const lateAfter = Duration.minutes(15)

/** A dead-letter queue. A class of its own, so that cdk-nag findings about it can be acknowledged by type. */
export class DeadLetters extends Queue {}

/** A queue with its dead-letter queue and an alarm for each. */
export class WorkQueue extends Construct {
  readonly queue: Queue
  readonly deadLetters: DeadLetters
  readonly #maxConcurrency: number

  constructor(scope: Construct, id: string, { maxConcurrency, alarmTopic, whenItIsLate, whenItFails }: Props) {
    super(scope, id)
    this.#maxConcurrency = maxConcurrency
    const securityProps = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true }
    // A message keeps its original send time in the dead-letter queue, so that queue needs the longer retention.
    this.deadLetters = new DeadLetters(this, 'DeadLetters', { ...securityProps, retentionPeriod: Duration.days(14) })
    this.queue = new Queue(this, 'Queue', {
      ...securityProps,
      visibilityTimeout: Duration.seconds(visibilitySeconds),
      retentionPeriod: Duration.days(queueRetentionDays),
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

  /** One message at a time, so that a slow one delays no other. No filter, because SQS deletes messages that it does not match. */
  addConsumer(worker: LambdaFunction, { isEnabled }: { isEnabled: boolean }): void {
    this.queue.grantConsumeMessages(worker)
    new EventSourceMapping(this, 'Mapping', {
      target: worker,
      eventSourceArn: this.queue.queueArn,
      enabled: isEnabled,
      batchSize: 1,
      reportBatchItemFailures: true,
      maxConcurrency: this.#maxConcurrency,
    })
  }
}
