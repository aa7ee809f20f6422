import { EventBus, Rule } from 'aws-cdk-lib/aws-events'
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets'
import { ConfigurationSet, EmailSendingEvent, EventDestination } from 'aws-cdk-lib/aws-ses'
import { Construct } from 'constructs'
import type { AlarmTopic } from '#infra/constructs/service-alarm.ts'
import { WorkQueue } from '#infra/constructs/work-queue.ts'

/** SES publishes bounces and complaints of our emails to EventBridge, and a rule puts them into a queue. */
export class BounceQueue extends Construct {
  readonly configurationSet: ConfigurationSet
  readonly queue: WorkQueue

  constructor(scope: Construct, id: string, { alarmTopic }: { alarmTopic: AlarmTopic }) {
    super(scope, id)
    this.configurationSet = new ConfigurationSet(this, 'ConfigurationSet', { reputationMetrics: true })
    this.configurationSet.addEventDestination('Bounces', {
      destination: EventDestination.eventBus(EventBus.fromEventBusName(this, 'DefaultBus', 'default')),
      events: [EmailSendingEvent.BOUNCE, EmailSendingEvent.COMPLAINT],
    })
    this.queue = new WorkQueue(this, 'Bounces', {
      maxConcurrency: 2,
      alarmTopic,
      whenItIsLate:
        'Bounces and complaints have waited for over 15 minutes: emails may still go to dead mailboxes. Read the log of bounce.',
      whenItFails:
        'A bounce could not be recorded 5 times: its lead counts as delivered but is not. Read the log of bounce, then redrive.',
    })
    new Rule(this, 'Rule', {
      eventPattern: {
        source: ['aws.ses'],
        detail: { mail: { tags: { 'ses:configuration-set': [this.configurationSet.configurationSetName] } } },
      },
      targets: [new SqsQueue(this.queue.queue, { deadLetterQueue: this.queue.deadLetters })],
    })
  }
}
