import { EventBus, Rule } from 'aws-cdk-lib/aws-events'
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets'
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda'
import { ConfigurationSet, EmailSendingEvent, EventDestination } from 'aws-cdk-lib/aws-ses'
import { Construct } from 'constructs'
import type { AlarmTopic } from '#infra/constructs/service-alarm.ts'
import { WorkQueue } from '#infra/constructs/work-queue.ts'

type Props = { visibilitySeconds: number; alarmTopic: AlarmTopic }

/** The way back of our e-mails: SES tells what bounced or was complained of, and a queue keeps it until it is noted. */
export class BounceQueue extends Construct {
  readonly configurationSet: ConfigurationSet
  readonly #queue: WorkQueue

  constructor(scope: Construct, id: string, { visibilitySeconds, alarmTopic }: Props) {
    super(scope, id)
    this.configurationSet = new ConfigurationSet(this, 'ConfigurationSet', { reputationMetrics: true })
    this.configurationSet.addEventDestination('Returned', {
      destination: EventDestination.eventBus(EventBus.fromEventBusName(this, 'DefaultBus', 'default')),
      events: [EmailSendingEvent.BOUNCE, EmailSendingEvent.COMPLAINT],
    })
    this.#queue = new WorkQueue(this, 'Returns', {
      visibilitySeconds,
      alarmTopic,
      whenItIsLate:
        'Bounces and complaints wait for over 15 minutes: schools may be written to in vain. Read the log of bounce.',
      whenItFails:
        'A bounce could not be noted 5 times: its lead counts as delivered, and is not. Read the log of bounce, then redrive.',
    })
    new Rule(this, 'Rule', {
      eventPattern: {
        source: ['aws.ses'],
        detail: { mail: { tags: { 'ses:configuration-set': [this.configurationSet.configurationSetName] } } },
      },
      targets: [new SqsQueue(this.#queue.queue, { deadLetterQueue: this.#queue.deadLetters })],
    })
  }

  addConsumer(worker: LambdaFunction): void {
    this.#queue.addConsumer(worker, 2)
  }
}
